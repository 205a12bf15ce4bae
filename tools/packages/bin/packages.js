#!/usr/bin/env node
import '../../build/fresh.js';
import { checkPackages } from '../dist/check-packages.js';

process.exitCode = await checkPackages(process.cwd());
