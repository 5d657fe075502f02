using Bento.Files;
using Bento.Hosts;
using Bento.Processes;
using Bento.Protocol;
using Bento.Trust;
using Microsoft.Extensions.Options;

namespace Bento.Publishing;

/// <summary>
/// Encrypts the secrets of each host to the key that only it has. What did not change is not encrypted again, so that its release does not
/// change.
/// </summary>
internal sealed class SecretVault(IOptions<BentoOptions> options, SecretLedger ledger, Age age)
{
    private readonly string _name = options.Value.HostSecretsDirectory ?? BentoFiles.SecretsDirectory;

    /// <summary>The directories in the secrets of a configuration directory that are named like no host of it.</summary>
    public static IEnumerable<FleetProblem> Strays(ConfigurationDirectory directory, IReadOnlyCollection<HostName> hosts) =>
        SecretsDirectory.Of(directory).Strays(hosts).Select(PlainText.OfLine).Select(name =>
            new FleetProblem(
                directory.IsWholeTree ? $"{directory.SecretsName}/{name}" : $"{directory.Path}/{directory.SecretsName}/{name}",
                "A directory of secrets is named like the host that gets them, and this is not a host of the configuration: nobody gets "
                    + "what is in it. Rename or remove it."));

    /// <returns>What the release of a host says about its secrets; null when it has none.</returns>
    /// <exception cref="SecretException">They cannot be published, and why.</exception>
    public async Task<ReleaseSecrets?> PrepareAsync(HostSpec host, CancellationToken cancellationToken)
    {
        try
        {
            var sources = new SecretsDirectory(Path.Join(options.Value.Directory, host.Directory), _name).Find(host.Name);
            if (host.Settings.Secrets.FirstOrDefault(declared => sources.All(source => source.Path != declared.Path)) is { } missing)
            {
                throw new SecretException($"The settings declare a secret '{missing.Path}' of '{host.Name}', and there is no such file.")
                {
                    NextStep = $"Put it into {host.Directory}/{_name}/, or remove it from hosts.{host.Name}.secrets.",
                };
            }

            return sources.Count == 0
                ? null
                : await PrepareAsync(host, sources, RecipientOf(host), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SecretException($"The secrets of '{host.Name}' cannot be read or kept: {exception.Message}", exception);
        }
    }

    /// <summary>The encrypted bytes of what <see cref="PrepareAsync(HostSpec, CancellationToken)"/> gave.</summary>
    /// <exception cref="IOException">They are gone.</exception>
    public byte[] Read(HostName host, ReleaseSecrets secrets) => ledger.ReadCipher(host, secrets.Archive)
        ?? throw new IOException($"The encrypted secrets of '{host}' were changed while they were published. Deploy again.");

    private static SshPublicKey RecipientOf(HostSpec host) => host.Settings.PublicKey switch
    {
        null => throw new SecretException($"'{host.Name}' has secrets and no publicKey in the settings, so nothing can be encrypted to it.")
        {
            NextStep =
                $"Put the public half of its SSH key into hosts.{host.Name}.publicKey: on the host, /etc/ssh/ssh_host_ed25519_key.pub or "
                    + "the key that it logs in with.",
        },
        { } key when Age.FindObjection(key) is { } objection =>
            throw new SecretException($"The secrets of '{host.Name}' cannot be encrypted to its publicKey: {objection}.")
            {
                NextStep = $"Give the host an ed25519 key, and put its public half into hosts.{host.Name}.publicKey.",
            },
        { } key => key,
    };

    private async Task<ReleaseSecrets> PrepareAsync(
        HostSpec host, IReadOnlyList<SecretSource> sources, SshPublicKey recipient, CancellationToken cancellationToken)
    {
        var secrets = Read(host, sources);
        var digest = SecretDigest.Of(ledger.Key(), recipient, secrets);
        if (ledger.Find(host.Name, digest) is not { } kept)
        {
            var packed = SecretArchive.Pack(secrets.Select(secret => (secret.File.Path, secret.Content)));
            kept = ledger.Keep(
                host.Name, digest, await EncryptAsync(host.Name, packed, recipient, cancellationToken).ConfigureAwait(false));
        }

        return new ReleaseSecrets
        {
            Archive = kept.Hash,
            ArchiveBytes = kept.Bytes,
            Files = [.. secrets.Select(secret => secret.File)],
        };
    }

    private async Task<byte[]> EncryptAsync(HostName host, byte[] packed, SshPublicKey recipient, CancellationToken cancellationToken)
    {
        try
        {
            return await age.EncryptAsync(packed, recipient, cancellationToken).ConfigureAwait(false);
        }
        catch (SecretException exception)
        {
            throw new SecretException($"The secrets of '{host}' cannot be encrypted: {exception.Message}", exception)
            {
                NextStep = exception.NextStep,
            };
        }
    }

    private static List<(SecretFile File, byte[] Content)> Read(HostSpec host, IReadOnlyList<SecretSource> sources)
    {
        var secrets = new List<(SecretFile File, byte[] Content)>();
        var left = SecretGrammar.MaxBytes;
        foreach (var source in sources)
        {
            var content = ReadContent(source, left)
                ?? throw new SecretException($"The secrets of '{host.Name}' have more than {SecretGrammar.MaxBytes} bytes together.");
            left -= content.Length;
            secrets.Add((Declared(host, source.Path), content));
        }

        return secrets.Count <= SecretGrammar.MaxFiles
            ? secrets
            : throw new SecretException($"'{host.Name}' has {secrets.Count} secrets; {SecretGrammar.MaxFiles} are possible.");
    }

    private static byte[]? ReadContent(SecretSource source, int maxBytes)
    {
        try
        {
            return PlainFile.ReadAll(source.FullPath, maxBytes)
                ?? throw new SecretException($"'{source.FullPath}' went away while it was read.") { NextStep = "Deploy again." };
        }
        catch (FileTooLongException)
        {
            return null;
        }
    }

    private static SecretFile Declared(HostSpec host, string path) =>
        host.Settings.Secrets.FirstOrDefault(declared => declared.Path == path)
            ?? new SecretFile
            {
                Path = path,
                Owner = SecretFile.DefaultOwner,
                Group = SecretFile.DefaultOwner,
                Mode = SecretFile.DefaultMode,
            };
}
