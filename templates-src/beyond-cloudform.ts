// The one way past cloudform's types. cloudform 7.5 knows CloudFormation as of 2023; what we need from after that is
// listed here with its type, so that a misspelling is still an error.
import { ResourceBase, type Value } from 'cloudform'

interface NewProperties {
  'AWS::Lambda::Function': {
    LoggingConfig: { LogGroup: Value<string>; LogFormat: 'Text' | 'JSON' }
  }
  'AWS::Config::ConfigurationRecorder': {
    RecordingMode: { RecordingFrequency: 'CONTINUOUS' | 'DAILY' }
  }
}

interface NewTypes {
  'AWS::Notifications::NotificationHub': { Region: string }
  'AWS::Notifications::NotificationConfiguration': {
    Name: string
    Description: string
    AggregationDuration: 'LONG' | 'SHORT' | 'NONE'
  }
  'AWS::Notifications::EventRule': {
    NotificationConfigurationArn: Value<string>
    Source: string
    EventType: string
    EventPattern?: string
    Regions: readonly string[]
  }
  'AWS::Notifications::ChannelAssociation': { Arn: Value<string>; NotificationConfigurationArn: Value<string> }
  'AWS::NotificationsContacts::EmailContact': { Name: string; EmailAddress: string }
}

interface NewAttributes {
  UpdateReplacePolicy: 'Retain'
}

/** Adds resource attributes that cloudform does not know. */
export function withAttributes<Resource extends ResourceBase>(resource: Resource, attributes: NewAttributes): Resource {
  return Object.assign(resource, attributes)
}

/** Adds properties that cloudform does not know to a resource of the type. Throws when the resource is of another. */
export function withProperties<Type extends keyof NewProperties, Resource extends ResourceBase>(
  type: Type,
  resource: Resource,
  properties: NewProperties[Type],
): Resource {
  if (resource.Type !== type) throw new Error(`properties of ${type} were given to a resource of ${resource.Type}`)
  Object.assign(resource.Properties, properties)
  return resource
}

/** A resource of a type that cloudform does not know. */
export function newResource<Type extends keyof NewTypes>(type: Type, properties: NewTypes[Type]): ResourceBase {
  return new NewResource(type, properties)
}

/** cloudform's own constructor is for its subclasses alone. */
class NewResource extends ResourceBase {
  constructor(type: string, properties: object) {
    super(type, properties)
  }
}
