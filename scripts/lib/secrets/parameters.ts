// The SSM parameters of the channels, read by name: a stranger's parameter beside them is nobody's business.
import { GetParametersCommand, type Parameter, PutParameterCommand } from '@aws-sdk/client-ssm'
import { alarmRegion } from '../../../templates-src/config/schema.ts'
import { aws } from '../aws.ts'
import { explaining } from '../aws-failure.ts'

/** The values by name; those that SSM does not have are missing. Ten at most, as SSM takes. */
export async function parameterValues(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = await parameters(names, true)
  return new Map(found.map(({ Name = '', Value = '' }) => [Name, Value]))
}

/** Those of the names that SSM has. Nothing is decrypted, so that no key is needed to say what is there. */
export async function parameterNames(names: readonly string[]): Promise<readonly string[]> {
  const found = await parameters(names, false)
  return found.map(({ Name = '' }) => Name)
}

async function parameters(names: readonly string[], WithDecryption: boolean): Promise<readonly Parameter[]> {
  if (names.length === 0) return []
  const { Parameters = [] } = await explaining('ssm:GetParameters', () =>
    aws.ssm(alarmRegion).send(new GetParametersCommand({ Names: [...names], WithDecryption })),
  )
  return Parameters
}

export async function putParameter(Name: string, Value: string): Promise<void> {
  await explaining(
    'ssm:PutParameter',
    () =>
      aws.ssm(alarmRegion).send(
        new PutParameterCommand({
          Name,
          Value,
          Type: 'SecureString',
          Overwrite: true,
          Description: 'Root Guard: how a channel reaches people',
        }),
      ),
    Name,
  )
}
