// Is this the right account, and is AWS Config's own role in it?
import { CreateServiceLinkedRoleCommand, GetRoleCommand } from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import type { Settings } from '../../../templates-src/config/schema.ts'
import { aws, ifThere } from '../aws.ts'
import { explaining } from '../aws-failure.ts'
import { CommandError, type Notes } from '../command.ts'
import { settingsFile } from '../generated.ts'

/** Refuses credentials of an account other than the one in root-guard.yaml. */
export async function rightAccount({ account, homeRegion }: Settings): Promise<void> {
  const { Account: found } = await explaining('sts:GetCallerIdentity', () =>
    aws.sts(homeRegion).send(new GetCallerIdentityCommand({})),
  )
  if (found === account) return
  throw new CommandError(
    `the credentials in use belong to account ${found}, ${settingsFile} says ${account}`,
    `use credentials of ${account}, or change account in ${settingsFile}; nothing was written`,
    2,
  )
}

/**
 * AWS Config's service-linked role must exist before its recorder does, and a template that makes it fails where it
 * already is there. So it is made here, once, and only when this guard makes the recorder.
 */
export async function configServiceRole({ recorder, homeRegion }: Settings, { note }: Notes): Promise<void> {
  if (recorder === 'reuse') return
  const role = await explaining('iam:GetRole', () =>
    ifThere(
      aws.iam(homeRegion).send(new GetRoleCommand({ RoleName: 'AWSServiceRoleForConfig' })),
      'NoSuchEntityException',
    ),
  )
  if (role !== undefined) return
  note("creating AWS Config's service-linked role")
  await explaining('iam:CreateServiceLinkedRole', async () => {
    try {
      await aws.iam(homeRegion).send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'config.amazonaws.com' }))
    } catch (error) {
      // Two deploys at once: the other one made it.
      if (!/has been taken|already exists/i.test((error as Error).message)) throw error
    }
  })
}
