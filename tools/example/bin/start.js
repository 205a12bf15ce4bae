#!/usr/bin/env node
import '../../build/fresh.js';
import { start } from '../dist/start.js';

process.exitCode = await start(process.cwd());
