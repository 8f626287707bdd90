import { describe } from 'vitest';
import { cases } from './check.ts';

const python = (base: string, install = 'pip install -r requirements.txt'): string =>
  `FROM ${base} AS build\nWORKDIR /app\nCOPY requirements.txt .\nRUN ${install}\n`;
const venv = 'python -m venv /opt/venv && /opt/venv/bin/pip install -r requirements.txt';
const take = (base: string, source: string): string =>
  `FROM ${base}\nCOPY --from=build ${source} ${source}\nCMD ["python", "-m", "app"]\n`;
const site = '/usr/local/lib/python3.11/site-packages';
const node = (base: string): string => `FROM ${base} AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci\n`;

describe('packages under another interpreter', () => {
  cases('interpreter-mismatch', [
    { name: 'site-packages', text: python('python:3.11') + take('python:3.12-slim', site), says: [`warning ${site}`] },
    {
      name: 'a virtual environment',
      text: python('python:3.11', venv) + take('python:3.13-slim', '/opt/venv'),
      says: ['warning /opt/venv'],
    },
    {
      name: 'Python on another C library',
      text: python('python:3.11', venv) + take('python:3.11-alpine', '/opt/venv'),
      says: ['information /opt/venv'],
    },
    {
      name: 'Python on another C library, with compiled parts',
      text: python('python:3.11', `${venv} numpy`) + take('python:3.11-alpine', '/opt/venv'),
      says: ['warning /opt/venv'],
    },
    {
      name: 'node_modules',
      text: node('node:22') + take('node:20-slim', '/app/node_modules'),
      says: ['information /app/node_modules'],
    },
    {
      name: 'node_modules in the application',
      text: node('node:22') + take('node:22-alpine', '/app'),
      says: ['information /app'],
    },
    {
      name: 'distroless',
      text: node('node:22-bookworm') + take('gcr.io/distroless/nodejs24-debian13', '/app/node_modules'),
      says: ['information /app/node_modules'],
    },
    { name: 'the same version', text: python('python:3.11') + take('python:3.11-slim', site) },
    { name: 'the same minor version', text: python('python:3.11.4') + take('python:3.11-slim', site) },
    { name: 'the same version of Node', text: node('node:22') + take('node:22-slim', '/app') },
    {
      name: 'a version that can be set from outside',
      text: `ARG V=3.11\n${python('python:$V')}${take('python:3.12', site)}`,
    },
    { name: 'what is built with Node and served', text: node('node:22') + take('nginx:alpine', '/app/dist') },
    { name: 'a front end beside Python', text: node('node:22') + take('python:3.12', '/app/dist') },
    { name: 'only sources', text: python('python:3.11') + take('python:3.12', '/srv') },
    {
      name: 'dependencies without packages',
      text: `FROM node:22 AS build\nWORKDIR /app\nCOPY . .\n${take('node:20', '/app/dist')}`,
    },
  ]);
});
