#!/usr/bin/env node
import '../../build/fresh.js';
import { bench } from '../dist/bench.js';

await bench(process.argv.slice(2));
