import { AwsError, type AwsFake, startAwsFake } from './aws-server.js';

/** AWS Secrets Manager, with the given secrets by their names. */
export function startSecretsFake(secrets: Readonly<Record<string, string>>): Promise<AwsFake> {
  return startAwsFake({
    service: 'secretsmanager',
    target: 'secretsmanager',
    operations: {
      GetSecretValue({ SecretId }) {
        const SecretString = secrets[String(SecretId)];
        if (SecretString !== undefined) return { Name: SecretId, SecretString };
        throw new AwsError({
          status: 400,
          type: 'ResourceNotFoundException',
          message: "Secrets Manager can't find the specified secret.",
        });
      },
    },
  });
}
