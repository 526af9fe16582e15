import { parentPort, workerData } from 'node:worker_threads';
import { play, type Task } from './play.ts';

parentPort?.postMessage(await play(workerData as Task), []);
