#!/bin/bash
# Usage: Miniforge3-Linux-x86_64.sh -b -p PREFIX
set -e
while getopts bfsup: flag; do [ "$flag" = p ] && prefix=$OPTARG; done
python3 -m venv --copies "$prefix"
mkdir -p "$prefix/envs" "$prefix/pkgs" "$prefix/conda-meta"
cat > "$prefix/bin/conda" <<'CONDA'
#!/bin/bash
# `conda env update … -f FILE` installs what the file lists for pip; `conda clean`
case "$1" in
  env) sed '1,/- pip:/d; s/^ *- //' "${@: -1}" > /tmp/requirements.txt && "$(dirname "$0")/pip" install -r /tmp/requirements.txt ;;
  clean) rm -rf "$(dirname "$0")/../pkgs" ;;
esac
CONDA
chmod +x "$prefix/bin/conda"
