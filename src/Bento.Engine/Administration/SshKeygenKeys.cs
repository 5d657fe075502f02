using Bento.Hosts;
using Bento.Protocol;
using Bento.Trust;

namespace Bento.Administration;

/// <summary>Makes and reads keys. They are made by ssh-keygen, which gives the file its mode before it holds anything.</summary>
internal sealed class SshKeygenKeys(SshKeygen keygen) : ISigningKeys
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public async Task<SshPublicKey> CreateAsync(string path, string comment, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        foreach (var taken in new[] { path, path + ".pub" }.Where(Path.Exists))
        {
            throw new SigningException($"'{taken}' exists already; a key is never overwritten.")
            {
                NextStep = "Use it, or choose another name.",
            };
        }

        try
        {
            var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
            _ = Directory.CreateDirectory(directory, Private);
            if (Path.GetFileName(directory) == BentoFiles.StateDirectory)
            {
                StateDirectories.Prepare(directory);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SigningException($"There can be no key '{path}': {exception.Message}", exception);
        }

        // Asked whether it should overwrite, it finds the end of its input and does not: no race can take a key away.
        _ = await keygen.RunAsync(
            ["-q", "-t", "ed25519", "-N", string.Empty, "-C", comment, "-f", path], path, default, cancellationToken).ConfigureAwait(false);
        return SigningKeyFile.ReadPublicKey(path);
    }

    public Task<SshPublicKey> ReadAsync(string path, CancellationToken cancellationToken) =>
        Task.FromResult(SigningKeyFile.ReadPublicKey(path));
}
