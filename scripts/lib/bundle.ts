// Bundles the notifier into the one file that the template carries inline, compressed (docs/decisions/0007-compressed-code.md),
// and into the same code for people to read.
import { createRequire } from 'node:module'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'
import type { NotifierSettings } from '../../handlers/notifier/settings.ts'

const checkout = fileURLToPath(new URL('../..', import.meta.url))

export interface NotifierBundle {
  /** The index.js of the template: CommonJS that unpacks the minified bundle and runs it. */
  readonly code: string
  /** What the index.js unpacks. */
  readonly minified: string
  /** The same bundle before it was minified and compressed: what is reviewed in generated/notifier.js. */
  readonly readable: string
}

/** The function with the channels and the language that the settings name, and no others: what is not used is not carried. */
export type BundledFor = Pick<NotifierSettings, 'locale' | 'routes'>

export async function bundleNotifier(settings: BundledFor): Promise<NotifierBundle> {
  const minified = await bundle(settings, { minify: true })
  return {
    code: unpacking(minified),
    minified,
    readable: await bundle(settings, { minify: false }),
  }
}

/**
 * CommonJS, since CloudFormation names an inline file index.js. Node 20 is what the rehearsal runs it on; it runs on
 * Lambda's Node 24 as it is. UTF-8, since a Korean letter is 3 bytes and its escape 6.
 */
async function bundle(settings: BundledFor, how: { readonly minify: boolean }): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: ['handlers/notifier/index.ts'],
    // Otherwise the names of the bundled files would depend on the folder the command is run in.
    absWorkingDir: checkout,
    bundle: true,
    ...how,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    charset: 'utf8',
    legalComments: 'none',
    write: false,
    logLevel: 'silent',
    plugins: [withoutUnused(settings)],
  })
  const [file] = outputFiles
  if (file === undefined) throw new Error('esbuild wrote no bundle of handlers/notifier')
  return file.text.trimEnd()
}

/** Registry and languages import one file a channel and a language; those that no setting names come out empty. */
function withoutUnused({ locale, routes }: BundledFor): Plugin {
  const used = new Set<string>([locale, ...Object.values(routes).flat()])
  return {
    name: 'without unused channels and languages',
    setup: ({ onLoad, onResolve }) => {
      onResolve({ filter: /^\.\/[a-z-]+\.ts$/ }, ({ path, importer }) => {
        const lists = /handlers\/notifier\/(channels\/registry|words\/languages)\.ts$/.test(importer)
        const listed = lists && path !== './channel.ts' && path !== './words.ts'
        return listed && !used.has(basename(path, '.ts')) ? { path, namespace: 'unused' } : undefined
      })
      // A module whose every export is undefined, whatever it is asked for.
      onLoad({ filter: /.*/, namespace: 'unused' }, () => ({ contents: 'module.exports = {}', loader: 'js' }))
    },
  }
}

/** The library's ESM build is for browsers, and fetches its WebAssembly. */
const { compress } = createRequire(import.meta.url)('brotli-wasm') as Awaited<typeof import('brotli-wasm').default>

/**
 * Node's own Brotli would do, but its bytes differ between versions of Node, and generated/ must not. What unpacks it in
 * Lambda is Node's own.
 */
function unpacking(code: string): string {
  const bytes = Buffer.from(compress(Buffer.from(code), { quality: 11 }))
  return `// The minified bundle of handlers/notifier, compressed to fit. To read it: generated/notifier.js
const packed = '${inBase85(bytes)}'
const bytes = Buffer.alloc((packed.length / 5) * 4)
const digit = (sign) => ({ y: 4, z: 57 })[sign] ?? sign.charCodeAt(0) - 35
for (let at = 0; at < packed.length; at += 5)
  bytes.writeUInt32BE([...packed.slice(at, at + 5)].reduce((sum, sign) => sum * 85 + digit(sign), 0), (at / 5) * 4)
const code = require('node:zlib').brotliDecompressSync(bytes.subarray(0, ${bytes.length})).toString()
new Function('exports', 'require', 'module', code)(exports, require, module)`
}

/**
 * Four bytes as five signs, a sixteenth less than base64. The signs are # to w, but for the two that a string of
 * JavaScript or JSON would have to escape: y stands for ' and z for the backslash.
 */
function inBase85(bytes: Buffer): string {
  const padded = Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])
  const places = [85 ** 4, 85 ** 3, 85 ** 2, 85, 1]
  let written = ''
  for (let at = 0; at < padded.length; at += 4) {
    const word = padded.readUInt32BE(at)
    for (const place of places) written += String.fromCharCode(35 + (Math.floor(word / place) % 85))
  }
  return written.replaceAll("'", 'y').replaceAll('\\', 'z')
}
