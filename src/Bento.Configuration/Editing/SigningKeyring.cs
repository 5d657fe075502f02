using Bento.Administration;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Trust;

namespace Bento.Configuration.Editing;

/// <summary>The list <c>signing.keys</c>, and the files that it names.</summary>
internal sealed class SigningKeyring(FleetSource source, ISigningKeys keys) : ISigningKeyring
{
    private const string KeyFile = ".bento/signing-key";

    public async Task<IReadOnlyList<SigningKeyEntry>> ListAsync(CancellationToken cancellationToken)
    {
        var entries = new List<SigningKeyEntry>();
        foreach (var name in source.File.Signing.Keys)
        {
            var path = Path.GetFullPath(name, source.Directory);
            try
            {
                var key = await keys.ReadAsync(path, cancellationToken).ConfigureAwait(false);
                entries.Add(new SigningKeyEntry { File = name, Path = path, Key = key });
            }
            catch (SigningException exception)
            {
                // A key that was lost must be seen and revoked all the same.
                entries.Add(new SigningKeyEntry { File = name, Path = path, Key = null, Problem = exception.Message });
            }
        }

        return entries;
    }

    public async Task<SigningKeyEntry> RotateAsync(string? file, CancellationToken cancellationToken)
    {
        var before = await ListAsync(cancellationToken).ConfigureAwait(false);
        SigningKeysFile.RequireChangeable(source.Environment, source.Directory);
        var path = file ?? NewPath();
        var key = file is null
            ? await keys.CreateAsync(path, $"{Path.GetFileName(path)}@{Environment.MachineName}", cancellationToken).ConfigureAwait(false)
            : await keys.ReadAsync(path, cancellationToken).ConfigureAwait(false);
        if (before.Any(entry => entry.Key == key))
        {
            throw new InvalidFleetException([new FleetProblem(path, "This key already signs releases.")]);
        }

        SigningKeysFile.Add(source.Environment, source.Directory, path);
        return new SigningKeyEntry { File = SigningKeysFile.Shown(source.Directory, path), Path = path, Key = key };
    }

    public async Task<KeyRevocation> FindAsync(string key, string? workingDirectory, CancellationToken cancellationToken)
    {
        var entries = await ListAsync(cancellationToken).ConfigureAwait(false);
        var index = SigningKeyChoice.Find(entries, key, workingDirectory ?? source.Directory);
        var threshold = source.File.Signing.Threshold ?? 1;
        var left = entries.Count - 1;
        return left >= int.Max(1, threshold)
            ? new KeyRevocation
            {
                Entry = entries[index],
                Remaining = [.. entries.Where((_, other) => other != index).Select(entry => entry.Key).OfType<SshPublicKey>()],
                Threshold = threshold,
                Index = index,
            }
            : throw new InvalidFleetException([new FleetProblem(entries[index].File, left == 0
                ? "This is the last key, and without one hosts take no more releases. Add another key first."
                : $"{left} keys would be left, but signing.threshold is {threshold}. Add another key first.")
            {
                Setting = "signing.keys",
            }]);
    }

    public void Revoke(KeyRevocation revocation)
    {
        ArgumentNullException.ThrowIfNull(revocation);
        SigningKeysFile.Remove(source.Environment, source.Directory, revocation.Index, revocation.Entry.File);
    }

    private string NewPath()
    {
        for (var number = 2; ; number++)
        {
            var path = Path.Join(source.Directory, $"{KeyFile}-{number}");
            if (!Path.Exists(path) && !Path.Exists(path + ".pub"))
            {
                return path;
            }
        }
    }
}
