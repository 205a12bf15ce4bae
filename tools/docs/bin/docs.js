#!/usr/bin/env node
import '../../build/fresh.js';
import { docs } from '../dist/docs.js';

process.exitCode = await docs(process.cwd(), process.argv.slice(2));
