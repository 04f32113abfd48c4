// What the function, the templates and the commands agree on about the names of the guard's log buckets.

/**
 * How the names of the guard's log buckets begin. CloudFormation names them after their stack (`StackSet-NAME-REGION-…`), in
 * small letters, and keeps only the first 24 letters of its name where all of it would be too long.
 */
export function logBucketPrefix(guardName: string): string {
  return `stackset-${guardName}-`.slice(0, keptOfStackName)
}

const keptOfStackName = 24
