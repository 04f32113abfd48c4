// Our commands as the tests run them: bundled once a process. Through tsx each run spends two to three seconds of a core on
// finding and transforming the same modules; a test of a deploy runs a dozen commands.
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
/** Ends a call that AWS would refuse, whatever answers it here. */
const watchCalls = fileURLToPath(new URL('aws-contract/watch-calls.ts', import.meta.url))

const COMMANDS = [
  ...['bootstrap', 'corpus', 'deploy', 'destroy', 'doctor', 'drift', 'drill', 'generate', 'help', 'plan', 'secrets'],
  ...['comment', 'drift-issue', 'drills', 'environment', 'report', 'settings', 'summary', 'tip'].map(
    (name) => `github/${name}`,
  ),
]

let bundled: Promise<string> | undefined

/**
 * What node is to be given to run `script`, a name under scripts/ without its ending (`plan`, `github/comment`), with each call of
 * the SDK held to botocore's models. A command that starts further ones by their sources, and is not in COMMANDS, goes through tsx.
 */
export async function nodeArguments(script: string): Promise<readonly string[]> {
  if (!COMMANDS.includes(script)) {
    const source = join(root, 'scripts', `${script}.ts`)
    return ['--import', import.meta.resolve('tsx'), '--import', pathToFileURL(watchCalls).href, source]
  }
  bundled ??= bundle()
  return [join(await bundled, `${script}.mjs`)]
}

/** The folder with one file a command, beside what they share. It lies in node_modules, where their packages are found. */
async function bundle(): Promise<string> {
  const folder = join(root, 'node_modules/.cache', `root-guard-commands-${process.pid}`)
  mkdirSync(folder, { recursive: true })
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  await build({
    entryPoints: COMMANDS.map((name) => ({ in: `watched:${name}`, out: name })),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    absWorkingDir: root,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    charset: 'utf8',
    // The SDK's ESM builds first: they are smaller and bundle without a wrapper.
    mainFields: ['module', 'main'],
    // They find their own files beside themselves.
    external: ['brotli-wasm', 'esbuild', '@aws-cdk/*'],
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url)",
    },
    logLevel: 'error',
    plugins: [watched, sourceAddresses],
  })
  return folder
}

const watched: Plugin = {
  name: 'calls of the SDK are watched before the command runs',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^watched:/ }, ({ path }) => ({ path: path.slice('watched:'.length), namespace: 'watched' }))
    onLoad({ filter: /.*/, namespace: 'watched' }, ({ path }) => ({
      contents: `import ${JSON.stringify(watchCalls)}\nimport ${JSON.stringify(join(root, 'scripts', `${path}.ts`))}`,
      resolveDir: root,
    }))
  },
}

/** A module of ours finds files by where its source lies, not by where the bundle does. */
const sourceAddresses: Plugin = {
  name: 'import.meta.url is the address of the source',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.ts$/ }, ({ path, namespace }) => {
      if (namespace !== 'file' || path.includes('/node_modules/')) return undefined
      const source = readFileSync(path, 'utf8')
      if (!source.includes('import.meta.url')) return undefined
      const contents = source.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
      return { contents, loader: 'ts', resolveDir: dirname(path) }
    })
  },
}
