#!/usr/bin/env node
// Runs the gateway with the Node it was built for: this one if it is new enough, else the one in node_modules.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const own = fileURLToPath(new URL(process.platform === 'win32' ? '../node_modules/.bin/node.cmd' : '../node_modules/.bin/node', import.meta.url));

// Under a heap of 2 GiB V8 lets garbage grow to once what is alive, above it to three times; the scripts in package.json say the same.
const frugal = ['--max-semi-space-size=8', '--max-old-space-size=2000'];

if (newEnough(process.versions.node)) {
  // What was compiled once is not compiled again: a third of a command's start. Where the folder cannot be written, nothing is kept.
  const { enableCompileCache } = await import('node:module');
  enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/qilian', import.meta.url)));
  process.argv[1] = main;
  await import(pathToFileURL(main).href);
} else if (existsSync(own)) {
  runWith(own);
} else {
  console.error(`旗联网关需要 Node 26.10 或更新版本，当前为 ${process.versions.node}；请在安装目录运行 npm ci。`);
  process.exitCode = 1;
}

function newEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > 26 || (major === 26 && minor >= 10);
}

function runWith(node) {
  const child = spawn(node, [...frugal, main, ...process.argv.slice(2)], { stdio: 'inherit', shell: process.platform === 'win32' });
  // A Ctrl-C at a terminal reaches both processes by itself; passing it on would deliver it twice.
  process.on('SIGINT', (signal) => process.stdin.isTTY || child.kill(signal));
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = signal === null ? code : 128 + constants.signals[signal];
  });
}
