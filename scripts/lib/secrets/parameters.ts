// The SSM parameters of the channels, read by name: a stranger's parameter beside them is nobody's business.
import { GetParametersCommand, PutParameterCommand } from '@aws-sdk/client-ssm'
import { alarmRegion } from '../../../templates-src/config/schema.ts'
import { aws } from '../aws.ts'
import { explaining } from '../aws-failure.ts'

/** The values by name; those that SSM does not have are missing. Ten at most, as SSM takes. */
export async function parameterValues(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (names.length === 0) return new Map()
  const { Parameters = [] } = await explaining('ssm:GetParameters', () =>
    aws.ssm(alarmRegion).send(new GetParametersCommand({ Names: [...names], WithDecryption: true })),
  )
  return new Map(Parameters.map(({ Name = '', Value = '' }) => [Name, Value]))
}

/** Those of the names that SSM has. Nothing is decrypted, so that no key is needed to say what is there. */
export async function parameterNames(names: readonly string[]): Promise<readonly string[]> {
  const { Parameters = [] } = await explaining('ssm:GetParameters', () =>
    aws.ssm(alarmRegion).send(new GetParametersCommand({ Names: [...names], WithDecryption: false })),
  )
  return Parameters.map(({ Name = '' }) => Name)
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
