// What generated/ should be, as JSON on stdout: run by up-to-date.ts in a process of its own.
import { loadSettings } from '../../templates-src/config/load.ts'
import { make } from './up-to-date.ts'

process.stdout.write(JSON.stringify(await make(loadSettings('root-guard.yaml'))))
