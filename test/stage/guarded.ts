// A guard deployed on the rehearsal's stage, new for each test, and the credentials of those who come to it.
import { AssumeRoleCommand } from '@aws-sdk/client-sts'
import { suite } from 'uvu'
import { bootstrapFile, stackSetTemplates } from '../../scripts/lib/generated.ts'
import { judgeable } from '../../scripts/rehearsal/judged.ts'
import { startMiniStack } from '../../scripts/rehearsal/ministack.ts'
import {
  alertsUrl,
  deployStack,
  deployTemplates,
  freshFunction,
  type Providers,
  putSecrets,
  startProviders,
} from '../../scripts/rehearsal/stage.ts'
import { loadSettings } from '../../templates-src/config/load.ts'
import type { Settings } from '../../templates-src/config/schema.ts'
import { type Checkout, checkout } from '../checkout.ts'
import { github } from '../templates-src/references.ts'
import { type Account, openAccount } from './account.ts'

export interface Guarded {
  readonly account: Account
  readonly providers: Providers
  readonly settings: Settings
  /** A folder with the settings, whose commands have the credentials of the drill's role. */
  readonly repository: Checkout
  /** A session of another role, as an environment: `administrator` may everything that its own policy can say. */
  readonly as: (role: string) => Promise<Readonly<Record<string, string>>>
  /** Where the API is, as `--url` takes it. */
  readonly url: string
}

/** A suite on one emulator, where before each test the guard is deployed anew and nothing is wrong with it. */
export function guardedSuite(title: string) {
  const test = suite<Guarded & { readonly stop: () => void }>(title)
  test.before(async (context) => {
    const settings = { ...loadSettings('test/root-guard.yaml'), github }
    const emulator = await startMiniStack(settings.account, { note: (line) => process.stderr.write(`${line}\n`) })
    await emulator.up.catch((error: Error) => {
      process.stderr.write(`${error.message}\n`)
      // uvu swallows what a hook throws, and a run of no test would pass.
      process.exit(2)
    })
    const account = await openAccount(emulator.endpoint, settings.account)
    Object.assign(context, { account, settings, providers: await startProviders(), stop: emulator.stop })
  })
  const templates = stackSetTemplates({ ...loadSettings('test/root-guard.yaml'), github })
  test.before.each(async (context) => {
    const { account, settings, providers } = context
    account.records = true
    await deployTemplates(account.aws, await templates)
    await deployStack(account.aws, 'root-guard-callers', JSON.stringify({ Resources: callers(settings) }))
    await putSecrets(account.aws, settings)
    await freshFunction(account.aws, settings, providers)
    for (const provider of Object.values(providers)) {
      provider.clear()
      provider.mood = 'ok'
    }
    const { pathname } = new URL(await alertsUrl(account.aws))
    const as = (role: string) => sessionOf(account, settings, role)
    const repository = checkout(await as(`${settings.name}-drill`))
    Object.assign(context, { repository, as, url: `${account.endpoint}${pathname}` })
  })
  test.after.each(async ({ account, repository }) => {
    await account.quiet()
    repository.remove()
  })
  test.after(async ({ account, providers, stop }) => {
    await account.close()
    for (const provider of new Set(Object.values(providers))) await provider.close()
    stop()
  })
  return test
}

/** The drill's role as the bootstrap makes it, and an administrator's. The account lets itself in, since nobody here signs GitHub's tokens. */
function callers(settings: Settings): object {
  const { Resources } = JSON.parse(bootstrapFile(settings).body) as { Resources: { DrillRole: RoleResource } }
  const { DrillRole } = Resources
  const letsIn = { AWS: `arn:aws:iam::${settings.account}:root` }
  const AssumeRolePolicyDocument = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: letsIn, Action: 'sts:AssumeRole' }],
  }
  const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }
  return {
    DrillRole: judgeable({ ...DrillRole, Properties: { ...DrillRole.Properties, AssumeRolePolicyDocument } }),
    Administrator: {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: 'administrator',
        AssumeRolePolicyDocument,
        Policies: [{ PolicyName: 'everything', PolicyDocument: everything }],
      },
    },
  }
}

interface RoleResource {
  readonly Type: string
  readonly Properties: Readonly<Record<string, unknown>>
}

async function sessionOf({ aws, endpoint }: Account, { account }: Settings, role: string) {
  const RoleArn = `arn:aws:iam::${account}:role/${role}`
  const { Credentials } = await aws.sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'run-1' }))
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: Credentials?.AccessKeyId ?? '',
    AWS_SECRET_ACCESS_KEY: Credentials?.SecretAccessKey ?? '',
    AWS_SESSION_TOKEN: Credentials?.SessionToken ?? '',
  }
}
