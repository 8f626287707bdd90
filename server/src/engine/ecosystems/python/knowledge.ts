/**
 * What Python packages need beside Python. Sources: the files that each project
 * publishes on the package index (pure wheel, manylinux wheel, source only) and
 * the "installation" pages of the projects that name system packages. Debian
 * names: a -dev name stands for its run-time libraries of the release.
 */

export interface PythonKnowledge {
  /** No wheel, or none for every platform: may be compiled on installation. */
  readonly native?: boolean;
  /** Debian -dev packages whose libraries the result links or loads when it was compiled. */
  readonly links?: readonly string[];
  /** Debian packages (or -dev names) that are loaded at run time even from a wheel. */
  readonly loads?: readonly string[];
  /** What a browser that it downloads loads, as far as it is there. */
  readonly finds?: readonly string[];
  /** Commands it runs at run time. */
  readonly runs?: readonly string[];
  /** Compiles at run time. */
  readonly compiles?: boolean;
  /** Finds its library by ctypes.util.find_library, and in no other way (its sources). */
  readonly searches?: boolean;
  /** Puts files into share or etc below the prefix. */
  readonly data?: boolean;
}

/** Only Python code, or wheels that bring everything they need. */
const SELF_CONTAINED = `
absl-py aenum aiobotocore aiocache aiodns aiofiles aiogram aiohttp aiohttp-cors aioredis aiosignal aiosmtplib aiosqlite alabaster
alembic altair amqp annotated-types anthropic anyio appdirs apscheduler argcomplete argon2-cffi argon2-cffi-bindings arrow asgiref asn1crypto
asttokens async-lru async-timeout asyncpg attrs authlib autobahn automat awscli azure-common azure-core azure-identity azure-storage-blob
babel backoff backports-zoneinfo bandit base58 bcrypt beautifulsoup4 billiard black bleach blinker bokeh boto boto3 botocore bottle brotli bs4
build cachecontrol cachetools celery certifi cffi chardet charset-normalizer chromadb click click-didyoumean click-plugins click-repl cloudpickle
colorama coloredlogs colorlog commonmark configargparse constantly contourpy coverage croniter cryptography cssselect cycler cython daphne
dash dask databases dataclasses dataclasses-json datasets debugpy decorator deepdiff defusedxml deprecated diskcache distlib distributed
dj-database-url django django-allauth django-appconf django-celery-beat django-cors-headers django-crispy-forms django-debug-toolbar
django-environ django-extensions django-filter django-guardian django-import-export django-redis django-rest-framework django-storages
djangorestframework djangorestframework-simplejwt dnspython docker docopt docutils dramatiq drf-spectacular drf-yasg duckdb ecdsa elastic-transport
elasticsearch email-validator emoji entrypoints environs et-xmlfile eventlet exceptiongroup executing factory-boy faker falcon fastapi
fastapi-utils fastavro fasteners fastjsonschema feedparser filelock flake8 flasgger flask flask-admin flask-appbuilder flask-babel flask-bcrypt
flask-caching flask-cors flask-jwt-extended flask-limiter flask-login flask-mail flask-marshmallow flask-migrate flask-restful flask-restx
flask-session flask-socketio flask-sqlalchemy flask-wtf flower fonttools frozenlist fsspec furl future gevent gevent-websocket gitdb
google-api-core google-api-python-client google-auth google-auth-httplib2 google-auth-oauthlib google-cloud-aiplatform google-cloud-bigquery
google-cloud-core google-cloud-firestore google-cloud-logging google-cloud-monitoring google-cloud-pubsub google-cloud-secret-manager
google-cloud-storage google-cloud-translate google-cloud-trace google-crc32c google-genai google-generativeai google-resumable-media
googleapis-common-protos gql graphene graphene-django graphql-core greenlet grpc-google-iam-v1 grpcio grpcio-health-checking grpcio-status grpcio-tools
gunicorn h11 h2 h5py hiredis hpack html5lib httpcore httplib2 httptools httpx huggingface-hub humanize hvac hyperframe hypercorn hypothesis
idna imageio importlib-metadata importlib-resources incremental inflection iniconfig invoke isodate isort itsdangerous jaraco-classes jedi jinja2
jira jmespath joblib joserfc json5 jsonlines jsonpatch jsonpath-ng jsonpointer jsonschema jsonschema-specifications jwcrypto kafka-python keras
kiwisolver kombu kubernetes langchain langchain-community langchain-core langchain-openai langchain-text-splitters langgraph langsmith ldap3 limits llvmlite
locust loguru lxml lz4 mako markdown markdown-it-py markupsafe marshmallow marshmallow-sqlalchemy matplotlib matplotlib-inline mccabe mdurl
mimesis minio mistune mock mongoengine more-itertools motor msal msgpack msrest multidict multiprocess mypy mypy-extensions nest-asyncio networkx
nltk numba numexpr numpy oauth2client oauthlib odfpy openai openapi-spec-validator openpyxl opentelemetry-api opentelemetry-sdk
opentelemetry-distro opentelemetry-exporter-otlp opentelemetry-exporter-otlp-proto-grpc opentelemetry-exporter-otlp-proto-http
opentelemetry-instrumentation opentelemetry-instrumentation-flask opentelemetry-instrumentation-requests opentelemetry-semantic-conventions opentracing orjson
packaging pandas paramiko parso passlib pathspec patsy pendulum pep8 pexpect phonenumbers pickleshare pika pillow pip pip-tools pipenv platformdirs plotly
pluggy poetry poetry-core polars portalocker prettytable prometheus-client prometheus-flask-exporter prompt-toolkit propcache proto-plus protobuf
psutil psycopg-binary psycopg-pool psycopg2-binary ptvsd ptyprocess pure-eval pyarrow pyasn1 pyasn1-modules pycodestyle pycparser
pycryptodome pycryptodomex pydantic pydantic-core pydantic-settings pydeck pyflakes pygments pyjwt pylint pymongo pymysql pynacl pyopenssl
pyotp pyparsing pypdf pypdf2 pypng pyrsistent pyserial pysftp pysocks pytest pytest-asyncio pytest-cov pytest-django pytest-mock pytest-xdist
python-dateutil python-decouple python-dotenv python-engineio python-http-client python-jose python-json-logger python-multipart python-slugify
python-socketio python-telegram-bot pytz pywavelets pyyaml pyzmq qdrant-client qrcode raven redis regex requests requests-oauthlib
requests-toolbelt responses rich rpds-py rq rsa ruamel-yaml ruff s3fs s3transfer safetensors scikit-image scikit-learn scipy scrapy seaborn
selenium sendgrid sentencepiece sentry-sdk service-identity setuptools setuptools-scm shapely shellingham simplejson singledispatch six slack-sdk
slackclient slowapi smmap sniffio snowballstemmer sortedcontainers soupsieve sphinx sqlalchemy sqlmodel sqlparse sse-starlette stack-data
starlette statsd statsmodels streamlit stripe structlog supervisor sympy tablib tabulate tblib tenacity tensorboard tensorflow tensorflow-cpu termcolor
text-unidecode textblob threadpoolctl tifffile tiktoken tinycss2 tldextract tokenizers toml tomli tomlkit toolz tornado tox tqdm traitlets
tweepy twilio twisted txaio typeguard typer types-requests typing-extensions typing-inspect typing-inspection tzdata tzlocal ujson unidecode uritemplate
urllib3 uv uvicorn uvloop validators vine virtualenv voluptuous waitress watchdog watchfiles watchgod wcwidth weaviate-client webencodings
websocket-client websockets werkzeug wheel whitenoise whoosh wrapt wsproto wtforms xlrd xlsxwriter xlwt xmltodict yarl zipp zope-interface zstandard
aiohttp-retry aiokafka aiomysql apispec appnope autopep8 behave bitarray cerberus cheroot cherrypy clickhouse-connect clickhouse-driver
crispy-bootstrap4 crispy-bootstrap5 ddtrace dependency-injector dj-rest-auth django-axes django-csp django-health-check django-htmx django-jazzmin
django-model-utils django-mptt django-ninja django-oauth-toolkit django-polymorphic django-prometheus django-q2 django-ratelimit django-rq
django-select2 django-ses django-silk django-simple-history django-solo django-tables2 django-taggit django-timezone-field django-treebeard
django-waffle django-webpack-loader django-widget-tweaks djoser drf-nested-routers fakeredis fastapi-cli fastapi-pagination fastapi-users
flask-apscheduler flask-compress flask-debugtoolbar flask-httpauth flask-mongoengine flask-openapi3 flask-pymongo flask-script flask-security-too
flask-smorest flask-swagger-ui flask-talisman freezegun ftfy ghp-import gspread httpie icalendar inflect influxdb influxdb-client jinja2-time
json-logging kafka-python-ng kubernetes-asyncio langchain-anthropic langchain-google-genai langfuse litellm logfire logzero mcp mergedeep mkdocs
mkdocs-material mkdocs-material-extensions mongomock neo4j newrelic notion-client onnxruntime openapi-core openapi-schema-validator pandas-gbq
peewee pinecone pinecone-client posthog praw prawcore py-cpuinfo pyairtable pydantic-extra-types pydash pyee pygithub pyhumps pymdown-extensions
pymemcache pymilvus pymupdf pynamodb pypika pyproject-hooks python-consul python-docx python-gitlab python-jenkins python-keycloak
python-pptx pyyaml-env-tag questionary quart quart-cors rapidfuzz reportlab requests-aws4auth requests-cache requests-mock retry retrying rfc3986
rich-click rich-toolkit schedule schema semver shortuuid simple-salesforce slack-bolt smart-open snowflake-connector-python snowflake-sqlalchemy
social-auth-app-django social-auth-core sqladmin sqlalchemy-utils sshtunnel stamina starlette-exporter strawberry-graphql suds-community svgwrite
tavily-python telethon textual channels channels-redis setproctitle oracledb asyncmy aiodataloader ctranslate2 faster-whisper av tinydb trio trio-websocket twine ua-parser uvicorn-worker vcrpy xmlschema yfinance zeep
`;

/**
 * Those of the list above that are not only Python: wheels for glibc, and for musl
 * only of newer versions, so that an older one is compiled there.
 */
const BINARY = new Set(
  `aiohttp aiokafka bitarray clickhouse-driver ddtrace dependency-injector newrelic onnxruntime pymupdf rapidfuzz snowflake-connector-python
argon2-cffi-bindings asyncpg bcrypt brotli cffi coverage cryptography cython debugpy duckdb fastavro fonttools frozenlist gevent
greenlet grpcio grpcio-tools h5py hiredis httptools kiwisolver llvmlite lxml lz4 markupsafe matplotlib msgpack multidict numba numexpr numpy orjson
pandas pillow polars propcache protobuf psutil psycopg-binary psycopg2-binary pyarrow pycryptodome pycryptodomex pydantic-core pymongo pynacl pyopenssl
pyyaml pyzmq pywavelets regex rpds-py ruamel-yaml safetensors scikit-image scikit-learn scipy sentencepiece shapely simplejson sqlalchemy statsmodels
tensorflow tensorflow-cpu tiktoken tokenizers tornado ujson uvloop uvicorn watchfiles wrapt yarl zope-interface zstandard cryptography paramiko
jupyter jupyterlab notebook twisted scrapy fastapi pydantic streamlit seaborn keras`.split(/\s+/),
);

/** True for a package that is compiled on installation where no wheel for glibc fits. */
export function isBinary(name: string): boolean {
  return BINARY.has(name) || knowledgeOf(name) === undefined;
}

/** What a browser that one of these downloads loads: the same as for the npm packages of that name (their installation pages). */
const BROWSER =
  'ca-certificates,fonts-liberation,libasound2,libasound2t64,libatk-bridge2.0-0,libatk-bridge2.0-0t64,libatk1.0-0,libatk1.0-0t64,libcairo2,libcups2,libcups2t64,libdbus-1-3,libexpat1,libfontconfig1,libgbm1,libglib2.0-0,libglib2.0-0t64,libgtk-3-0,libgtk-3-0t64,libnspr4,libnss3,libpango-1.0-0,libpangocairo-1.0-0,libx11-6,libx11-xcb1,libxcb1,libxcomposite1,libxcursor1,libxdamage1,libxext6,libxfixes3,libxi6,libxrandr2,libxrender1,libxss1,libxtst6';

/**
 * `name key=a,b key …`: the rest. What a package runs is what its documentation names as to be installed (django-dbbackup,
 * "Databases"; ansible, "Connection plugins"; discord.py, "Installing"; yt-dlp, "Dependencies" …). `cpython` stands for an interpreter that is compiled (its README,
 * "Build dependencies" of the devguide).
 */
const OTHERS = `
cpython native links=libssl-dev,zlib1g-dev,libbz2-dev,libreadline-dev,libsqlite3-dev,libffi-dev,liblzma-dev,libncurses-dev,tk-dev,libgdbm-dev,libdb-dev,uuid-dev,libnsl-dev,libtirpc-dev
psycopg2 native links=libpq-dev
psycopg loads=libpq-dev
psycopg-c native links=libpq-dev
pygresql native links=libpq-dev
mysqlclient native links=default-libmysqlclient-dev
mysql-python native links=default-libmysqlclient-dev
mysql-connector-python
python-ldap native links=libldap2-dev,libsasl2-dev
pycurl native links=libcurl4-openssl-dev
pyodbc loads=unixodbc-dev
pymssql
cx-oracle loads=libaio-dev
xmlsec native links=libxmlsec1-dev
python3-saml native links=libxmlsec1-dev
m2crypto native links=libssl-dev
uwsgi native links=libxml2-dev,libpcre3-dev,libpcre2-dev,libyaml-dev,zlib1g-dev
pygraphviz native links=libgraphviz-dev runs=dot
graphviz runs=dot
pydot runs=dot
python-snappy native links=libsnappy-dev
rocksdb native links=librocksdb-dev
plyvel links=libleveldb-dev
pylibmc native links=libmemcached-dev
gdal native links=libgdal-dev
pyaudio native links=portaudio19-dev
pycairo native links=libcairo2-dev
pygobject native links=libgirepository1.0-dev,libcairo2-dev
cairocffi loads=libcairo2-dev
cairosvg loads=libcairo2-dev
weasyprint loads=libpango1.0-dev,libharfbuzz-dev
python-magic loads=libmagic-dev
file-magic searches loads=libmagic-dev
wand searches loads=libmagickwand-dev runs=convert
pyzbar searches loads=libzbar-dev
pytesseract runs=tesseract
pdf2image runs=pdftoppm
pydub runs=ffmpeg
ffmpeg-python runs=ffmpeg
moviepy runs=convert
gitpython runs=git
pygit2
pypandoc runs=pandoc
pdfkit runs=wkhtmltopdf
opencv-python loads=libgl-dev,libglib2.0-dev
opencv-contrib-python loads=libgl-dev,libglib2.0-dev
opencv-python-headless
lightgbm loads=libgomp1
xgboost loads=libgomp1
catboost
soundfile searches
librosa
pyenchant searches loads=libenchant-2-dev
hdbscan native
dlib native links=libopenblas-dev,libx11-dev,libpng-dev,libjpeg-dev,libwebp-dev,libgif-dev,libsqlite3-dev
face-recognition native links=libopenblas-dev,libx11-dev,libpng-dev,libjpeg-dev,libwebp-dev,libgif-dev,libsqlite3-dev
fasttext native
annoy native
pycocotools
ta-lib native
python-levenshtein
pyjnius native runs=java
jpype1 runs=java
pyspark runs=java
tabula-py runs=java
language-tool-python runs=java
triton compiles
torch compiles
torchvision compiles
torchaudio compiles
pytorch-lightning compiles
lightning compiles
fastai compiles
timm compiles
openai-whisper compiles runs=ffmpeg
ultralytics compiles loads=libgl-dev,libglib2.0-dev
easyocr compiles
bitsandbytes compiles
vllm compiles
deepspeed compiles
flash-attn native compiles
xformers compiles
theano compiles
theano-pymc compiles
aesara compiles
pytensor compiles
pymc compiles
pymc3 compiles
pystan compiles
cmdstanpy compiles runs=make
cppyy compiles
weave compiles
pyopencl compiles
pycuda native compiles
numpy-financial
transformers
sentence-transformers compiles
accelerate compiles
peft compiles
trl compiles
jupyter data
jupyterlab data
jupyterlab-server data
jupyter-server data
jupyter-core data
notebook data
notebook-shim data
nbconvert data
ipykernel data
ipywidgets data
widgetsnbextension data
ipython data
voila data
bqplot data
jupyterhub data runs=configurable-http-proxy
spacy
thinc
gensim
prophet
geopandas
fiona loads=libexpat1-dev
pyogrio loads=libexpat1-dev
pyproj
rasterio loads=libexpat1-dev
rtree
tables
netcdf4
cartopy native links=libgeos-dev,libproj-dev
pyicu native links=libicu-dev
netifaces native
dbus-python native links=libdbus-1-dev,libglib2.0-dev
systemd-python native links=libsystemd-dev
smbus native
rpi-gpio native
pyusb searches loads=libusb-1.0-0-dev
hidapi
pynput native
evdev native
bjoern native links=libev-dev
meinheld native
cyrtranslit
ephem
pandas-ta
apache-airflow
apache-beam
scrapyd
playwright finds=${BROWSER}
pyppeteer finds=${BROWSER}
pytest-playwright finds=${BROWSER}
fontforge native
cffi-backend
secp256k1 native links=libsecp256k1-dev
ed25519 native
scrypt native links=libssl-dev
sasl native links=libsasl2-dev
thrift native
python-rtmidi
crcmod native
datrie native
editdistance
jq
ibm-db loads=libxml2-dev
django-dbbackup runs=pg_dump,pg_restore,psql,mysqldump,mysql,mongodump,mongorestore
python-gnupg runs=gpg,gpg-agent
gnupg runs=gpg,gpg-agent
python-hglib runs=hg
svn runs=svn
pre-commit runs=git
cookiecutter runs=git,hg
copier runs=git
commitizen runs=git
gitlint runs=git
dbt-core runs=git
nbgitpuller data runs=git
jupyterlab-git data runs=git
nbdime data runs=git
ansible runs=ssh,sshpass,git
ansible-core runs=ssh,sshpass,git
ansible-runner runs=ssh,sshpass,git
sshuttle runs=ssh
yt-dlp runs=ffmpeg,ffprobe
youtube-dl runs=ffmpeg,ffprobe
ffmpy runs=ffmpeg
python-ffmpeg runs=ffmpeg
discord-py searches loads=libopus-dev runs=ffmpeg
py-cord searches loads=libopus-dev runs=ffmpeg
nextcord searches loads=libopus-dev runs=ffmpeg
disnake searches loads=libopus-dev runs=ffmpeg
django-wkhtmltopdf runs=wkhtmltopdf
imgkit runs=wkhtmltoimage
pyocr runs=tesseract
pydotplus runs=dot
diagrams runs=dot
objgraph runs=dot
anytree runs=dot
pyexiftool runs=exiftool
python-crontab runs=crontab
python-nmap runs=nmap
pyshark runs=tshark
pyvirtualdisplay runs=Xvfb
xvfbwrapper runs=Xvfb
patool runs=unzip,zip,7z,unrar,xz,bzip2
pyunpack runs=unzip,zip,7z,unrar,xz,bzip2
rarfile runs=unrar,unar,7z,bsdtar
whois runs=whois
pymediainfo loads=libmediainfo-dev
python-vlc loads=libvlc-dev
pylibdmtx searches loads=libdmtx-dev
pyudev searches loads=libudev-dev
pycups native links=libcups2-dev
sounddevice searches loads=portaudio19-dev
mediapipe loads=libgl-dev,libglib2.0-dev,portaudio19-dev
deepface loads=libgl-dev,libglib2.0-dev
retina-face loads=libgl-dev,libglib2.0-dev
supervision loads=libgl-dev,libglib2.0-dev
imgaug loads=libgl-dev,libglib2.0-dev
albumentations
`;

let table: Map<string, PythonKnowledge> | undefined;

function open(): Map<string, PythonKnowledge> {
  const map = new Map<string, PythonKnowledge>();
  for (const name of SELF_CONTAINED.trim().split(/\s+/)) map.set(name, {});
  for (const line of OTHERS.trim().split('\n')) {
    const [name, ...words] = line.split(' ') as [string, ...string[]];
    const entry: Record<string, unknown> = {};
    for (const word of words) {
      const [key, list] = word.split('=') as [string, string?];
      entry[key] = list === undefined ? true : list.split(',');
    }
    map.set(name, entry);
  }
  return map;
}

/** What is known of a package by its normalised name; `undefined`: nothing. */
export function knowledgeOf(name: string): PythonKnowledge | undefined {
  table ??= open();
  return table.get(name) ?? (STUBS.test(name) ? NOTHING : undefined);
}

/** Stubs for type checkers (PEP 561): no code at all. */
const STUBS = /^types-|-stubs$/;
const NOTHING: PythonKnowledge = {};
