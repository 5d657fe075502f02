using Bento.Protocol;

namespace Bento.Agents.Secrets;

/// <summary>The record of the secrets as it is written.</summary>
internal sealed record SecretRecordDocument(SecretRecordDocument.GenerationPart? Current, SecretRecordDocument.GenerationPart? Previous)
{
    public static SecretRecordDocument From(SecretRecord record) =>
        new(GenerationPart.From(record.Current), GenerationPart.From(record.Previous));

    /// <exception cref="FormatException">A value is out of its grammar.</exception>
    public SecretRecord ToRecord() => new(Current?.ToGeneration(), Previous?.ToGeneration());

    internal sealed record GenerationPart(string Release, SecretsDocument? Secrets)
    {
        public static GenerationPart? From(SecretGeneration? generation) => generation is null
            ? null
            : new GenerationPart(generation.Release.ToString(), generation.Secrets is { } secrets ? SecretsDocument.From(secrets) : null);

        public SecretGeneration ToGeneration() => new(ReleaseId.Parse(Release), Secrets?.ToSecrets());
    }
}
