/**
 * What an extra of a known package brings beside it (the projects' own metadata on the package index). Another
 * extra is not known: what it brings may be anything.
 */

/** `name extra,extra`: only packages that bring all they need; `extra=name,name`: these. `*` stands for any extra. */
const EXTRAS = `
aiohttp speedups
apache-airflow mysql=mysqlclient ldap=python-ldap odbc=pyodbc
apache-beam gcp,aws
black *
boto3 crt
celery redis,gevent,eventlet,auth,msgpack,yaml,pymemcache,zstd,tblib sqs=pycurl
channels daphne
clickhouse-driver lz4,zstd,numpy
coverage toml
dask complete,array,dataframe,distributed,bag,delayed,diagnostics
databases postgresql,asyncpg,sqlite,aiosqlite,aiomysql
django argon2,bcrypt
django-storages boto3,s3,google,azure
djangorestframework-simplejwt crypto,python-jose
docker ssh,tls
dramatiq redis,rabbitmq,watch,all
drf-spectacular sidecar
elasticsearch async,requests
fastapi all,standard
fastapi-users sqlalchemy,beanie,oauth,redis
flask async,dotenv
google-api-core grpc
google-cloud-bigquery pandas,bqstorage
google-cloud-storage protobuf
gunicorn gevent,eventlet,tornado,gthread,setproctitle
httpx http2,brotli,socks,cli,zstd
isort *
jinja2 i18n
jsonschema format,format-nongpl
kombu redis,msgpack,yaml,zstd sqs=pycurl
litellm proxy
mcp cli
mkdocs-material recommended,git imaging=cairosvg
mypy *
opentelemetry-distro otlp
pandas excel,parquet,feather,performance,aws,gcp,computation,plot,html,xml,fss,output-formatting postgresql=psycopg2 mysql=pymysql
paramiko invoke
passlib bcrypt,argon2,totp
psycopg binary,pool c=psycopg-c
pydantic email,timezone,dotenv
pyjwt crypto
pylint *
pymongo srv,tls,ocsp,zstd,aws,encryption snappy=python-snappy
pytest *
python-jose cryptography,pycryptodome
python-socketio client,asyncio-client
python-telegram-bot all,http2,job-queue,socks,webhooks,rate-limiter,callback-data
qrcode pil,png
redis hiredis,ocsp,jwt
requests security,socks,use-chardet-on-py3
rich jupyter
sentry-sdk *
snowflake-connector-python pandas,secure-local-storage
social-auth-core openidconnect saml=xmlsec
sqlalchemy asyncio,mypy,aiosqlite,pymysql,postgresql-asyncpg,postgresql-psycopg2binary,postgresql-psycopgbinary,postgresql-pg8000 postgresql=psycopg2 postgresql-psycopg=psycopg mysql=mysqlclient mssql=pyodbc mssql-pyodbc=pyodbc oracle=cx-oracle
starlette full
strawberry-graphql *
streamlit *
tensorflow and-cuda
transformers sentencepiece,tokenizers,vision torch=torch
twisted tls,http2,conch
typer all
urllib3 secure,brotli,socks
uvicorn standard
`;

let table: Map<string, ReadonlyMap<string, readonly string[]>> | undefined;

function open(): Map<string, ReadonlyMap<string, readonly string[]>> {
  const out = new Map<string, ReadonlyMap<string, readonly string[]>>();
  for (const line of EXTRAS.trim().split('\n')) {
    const [name, ...words] = line.trim().split(' ') as [string, ...string[]];
    const brought = new Map<string, readonly string[]>();
    for (const word of words) {
      const [extras, names] = word.split('=') as [string, string?];
      for (const extra of extras.split(',')) brought.set(extra, names?.split(',') ?? []);
    }
    out.set(name, brought);
  }
  return out;
}

/** Names that `name[extra]` brings and that need something of their own; `undefined`: not known. */
export function broughtByExtra(name: string, extra: string): readonly string[] | undefined {
  table ??= open();
  const known = table.get(name);
  return known?.get(extra.replace(/[-_.]+/g, '-')) ?? known?.get('*');
}
