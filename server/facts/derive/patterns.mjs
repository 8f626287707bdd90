/**
 * The pattern records as regular expressions. `key`: image and tag of the record, whose
 * kind, configuration, tools and confidence are taken. `os`: name of the OS release with groups
 * of the tag; what cannot be resolved is an unknown release. Options whose OS release
 * cannot be said are left out.
 */
const ONE = String.raw`[\w.-]+?`;

export const PATTERNS = [
  {
    key: 'nvidia/cuda:{cuda}-devel-{os}',
    image: 'nvidia/cuda',
    tag: String.raw`(\d[\d.]*(?:-cudnn\d*)?)-devel-(.+)`,
    os: '$2',
    options: [
      ['nvidia/cuda:$1-runtime-$2', 'runtime'],
      ['nvidia/cuda:$1-base-$2', 'base', 'only the CUDA runtime library (cudart)'],
    ],
  },
  {
    key: 'nvidia/cuda:{cuda}-runtime-{os}',
    image: 'nvidia/cuda',
    tag: String.raw`\d[\d.]*(?:-cudnn\d*)?-(?:runtime|base)-(.+)`,
    os: '$1',
    options: [],
  },
  {
    key: 'pytorch/pytorch:{torch}-cuda{cuda}-cudnn{n}-devel',
    image: 'pytorch/pytorch',
    tag: String.raw`(.+)-devel`,
    os: 'ubuntu',
    options: [['pytorch/pytorch:$1-runtime', 'runtime']],
  },
  {
    key: 'tensorflow/tensorflow:{version}[-gpu][-jupyter]',
    image: 'tensorflow/tensorflow',
    tag: '.*',
    os: 'ubuntu',
    options: [],
  },
  {
    key: 'mambaorg/micromamba:{version}',
    image: 'mambaorg/micromamba',
    tag: String.raw`.*?(bullseye|bookworm|trixie|jammy|noble)?(?:-slim)?`,
    os: '$1',
    options: [],
  },
  {
    key: 'hexpm/elixir:{elixir}-erlang-{otp}-{debian|ubuntu|alpine}-{os release}-{date}[-slim]',
    image: 'hexpm/elixir',
    tag: String.raw`[\d.]+(?:-rc\.\d+)?-erlang-[\d.]+-(debian|ubuntu)-([a-z]+)-(\d+(?:-slim)?)`,
    os: '$2',
    options: [['$1:$2-$3', 'os-base']],
  },
  {
    key: 'hexpm/elixir:{elixir}-erlang-{otp}-{debian|ubuntu|alpine}-{os release}-{date}[-slim]',
    image: 'hexpm/elixir',
    tag: String.raw`[\d.]+(?:-rc\.\d+)?-erlang-[\d.]+-alpine-(\d+\.\d+)\.\d+`,
    os: 'alpine$1',
    options: [['alpine:$1', 'os-base']],
  },
  { key: 'rocker/r-ver:{R version}', image: 'rocker/r-ver', tag: String.raw`4\.6.*`, os: 'noble', options: [] },
  {
    key: 'quay.io/jupyter/{base-notebook,scipy-notebook,...}:latest | {date} | python-{v}',
    image: `quay.io/jupyter/${ONE}`,
    tag: '.*',
    os: 'ubuntu',
    options: [],
  },
  {
    key: 'clux/muslrust:stable | nightly | {version}-stable',
    image: 'clux/muslrust',
    tag: '.*',
    os: 'ubuntu',
    options: [],
  },
  { key: 'messense/rust-musl-cross:{target}', image: 'messense/rust-musl-cross', tag: '.*', os: 'ubuntu', options: [] },
  {
    key: 'phusion/baseimage:{ubuntu codename}-{version}',
    image: 'phusion/baseimage',
    tag: String.raw`(xenial|bionic|focal|jammy|noble)-.*`,
    os: '$1',
    options: [],
  },
  {
    key: 'rustlang/rust:nightly[-{codename}][-slim]',
    image: 'rustlang/rust',
    tag: String.raw`nightly-(bullseye|bookworm|trixie)(?:-slim)?`,
    os: '$1',
    options: [['debian:$1-slim', 'os-base']],
  },
  {
    key: 'mcr.microsoft.com/playwright[/python|/dotnet|/java]:v{version}-{jammy|noble}',
    image: String.raw`mcr\.microsoft\.com/playwright(?:/(?:python|dotnet|java))?`,
    tag: String.raw`.*-(focal|jammy|noble)`,
    os: '$1',
    options: [],
  },
  {
    key: 'mcr.microsoft.com/devcontainers/{lang}:{variant}',
    image: `mcr\\.microsoft\\.com/devcontainers/${ONE}`,
    tag: String.raw`.*?(buster|bullseye|bookworm|trixie|focal|jammy|noble)`,
    os: '$1',
    options: [],
  },
  {
    key: 'public.ecr.aws/lambda/{python,nodejs,java,dotnet,ruby,provided}:{version}',
    image: String.raw`public\.ecr\.aws/lambda/(?:python|nodejs|java|dotnet|ruby|provided)`,
    tag: '.*',
    os: 'amazonlinux',
    options: [],
  },
  {
    key: 'registry.access.redhat.com/ubi{8,9,10}/ubi:{version}',
    image: String.raw`registry\.access\.redhat\.com/ubi(8|9|10)/ubi`,
    tag: '.*',
    os: 'ubi#1',
    options: [
      ['registry.access.redhat.com/ubi#1/ubi-minimal', 'minimal'],
      ['registry.access.redhat.com/ubi#1/ubi-micro', 'distroless'],
    ],
  },
  { key: 'emscripten/emsdk:{version}', image: 'emscripten/emsdk', tag: '.*', os: 'ubuntu', options: [] },
  {
    key: 'cypress/{base,browsers,included}:*',
    image: 'cypress/(?:base|browsers|included)',
    tag: '.*',
    os: 'debian',
    options: [],
  },
  {
    key: 'bitnami/{name}:{version}-debian-{NN}-r{N}',
    image: `bitnami(?:legacy)?/${ONE}`,
    tag: String.raw`.*-debian-(\d+)-r\d+`,
    os: 'debian$1',
    options: [],
  },
  {
    key: 'cgr.dev/chainguard/{python,node,go,jdk,maven,gradle,ruby,php,rust,dotnet-sdk}:latest-dev | {version}-dev',
    image: String.raw`cgr\.dev/chainguard/(?:python|node|ruby|php)`,
    tag: '.*-dev',
    os: 'wolfi',
    options: [],
  },
];

/**
 * Tags that stand for another: dated and patched tags of OS images, a tool version before the
 * base. [image, tag, target image, target tag, counterpart tag in the same repository]
 */
export const ALIASES = [
  ['debian', String.raw`([a-z]+)-\d{8}`, 'debian', '$1', '$&-slim'],
  ['debian', String.raw`([a-z]+)-\d{8}-slim`, 'debian', '$1-slim', ''],
  ['debian', String.raw`(\d+)\.\d+`, 'debian', '$1', '$&-slim'],
  ['debian', String.raw`(\d+)\.\d+-slim`, 'debian', '$1-slim', ''],
  ['ubuntu', 'trusty', 'ubuntu', '14.04', ''],
  ['ubuntu', 'xenial', 'ubuntu', '16.04', ''],
  ['ubuntu', 'bionic', 'ubuntu', '18.04', ''],
  ['ubuntu', 'focal', 'ubuntu', '20.04', ''],
  ['ubuntu', String.raw`([a-z]+)-\d{8}(?:\.\d)?`, 'ubuntu', '$1', ''],
  ['alpine', String.raw`(3\.\d+)\.\d+`, 'alpine', '$1', ''],
  // Builds of a release line that the history lists without their codename (docker-library: each version is published with every codename of its line).
  [
    'node',
    String.raw`lts-(argon|boron|carbon|dubnium|erbium|fermium|gallium|hydrogen|iron|jod|krypton)`,
    'node',
    '$1',
    '$1-slim',
  ],
  ['node', String.raw`(\d+)\.[\d.]+-(jessie|stretch|buster|bullseye|bookworm|trixie)`, 'node', '$1-$2', '$&-slim'],
  [
    'node',
    String.raw`(\d+)\.[\d.]+-((?:jessie|stretch|buster|bullseye|bookworm|trixie)-slim|alpine3\.\d+)`,
    'node',
    '$1-$2',
    '',
  ],
  ['ghcr.io/astral-sh/uv', String.raw`\d[\d.]*-(.+)`, 'ghcr.io/astral-sh/uv', '$1', ''],
  ['lukemathwalker/cargo-chef', String.raw`(?:latest|\d[\d.]*)-rust-(.+)`, 'rust', '$1', ''],
];
