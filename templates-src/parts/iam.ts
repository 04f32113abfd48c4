// Trust and resource policies for services that act on our behalf, narrowed to this account and to what may.
import { Fn, type IntrinsicFunction, Refs } from 'cloudform'

/** The service may assume the role only for this account and, where they are named, only from those resources. */
export function trust(service: string, sourceArns: readonly IntrinsicFunction[] = []) {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: service },
        Action: 'sts:AssumeRole',
        ...(sourceArns.length === 0 ? {} : { Condition: fromResources(sourceArns) }),
      },
    ],
  }
}

/** Only on behalf of these resources of this account. */
export function fromResources(sourceArns: readonly IntrinsicFunction[]) {
  return {
    StringEquals: { 'aws:SourceAccount': Refs.AccountId },
    ArnLike: { 'aws:SourceArn': sourceArns.length === 1 ? sourceArns[0] : sourceArns },
  }
}

/** A role's inline policy of one name and a list of statements. */
export function inlinePolicy(name: string, statements: readonly object[]) {
  return { PolicyName: name, PolicyDocument: { Version: '2012-10-17', Statement: [...statements] } }
}

/** A resource policy's statement: the service, or each of several, may do this to the resource, under the condition if any. */
export function allowService(
  service: string | readonly string[],
  action: string | readonly string[],
  resource: unknown,
  condition?: object,
) {
  return {
    Effect: 'Allow',
    Principal: { Service: service },
    Action: action,
    Resource: resource,
    ...(condition === undefined ? {} : { Condition: condition }),
  }
}

/**
 * A SecureString is decrypted with the rights of who reads it. The key of an account that chose none cannot be named in a policy,
 * and through SSM nothing can be decrypted but a parameter that may be read.
 */
export function decryptsSecrets(keys: unknown, region: string) {
  return {
    Effect: 'Allow',
    Action: 'kms:Decrypt',
    Resource: keys,
    Condition: { StringEquals: { 'kms:ViaService': `ssm.${region}.amazonaws.com` } },
  }
}

/** `arn:` of the partition, for Fn::Sub: `arn('sqs', 'queue')`. Region and account are the stack's own. */
export function arn(service: string, resource: string) {
  return Fn.Sub(`arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`, {})
}
