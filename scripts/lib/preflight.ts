// What is looked at before anything is written: is this the right account, and is there what the templates rely on?
import { CreateServiceLinkedRoleCommand, GetRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import type { Settings } from '../../templates-src/config/schema.ts'
import { awsFailure, isAwsError } from './aws-failure.ts'
import { CommandError, type Notes } from './command.ts'
import { settingsFile } from './generated.ts'

/** Refuses credentials of an account other than the one in root-guard.yaml. */
export async function rightAccount({ account, homeRegion }: Settings): Promise<void> {
  let found: string | undefined
  try {
    found = (await new STSClient({ region: homeRegion }).send(new GetCallerIdentityCommand({}))).Account
  } catch (error) {
    throw awsFailure(error, 'sts:GetCallerIdentity')
  }
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
  const iam = new IAMClient({ region: homeRegion })
  try {
    await iam.send(new GetRoleCommand({ RoleName: 'AWSServiceRoleForConfig' }))
    return
  } catch (error) {
    if (!isAwsError(error, 'NoSuchEntityException')) throw awsFailure(error, 'iam:GetRole')
  }
  note("creating AWS Config's service-linked role")
  try {
    await iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'config.amazonaws.com' }))
  } catch (error) {
    throw awsFailure(error, 'iam:CreateServiceLinkedRole')
  }
}
