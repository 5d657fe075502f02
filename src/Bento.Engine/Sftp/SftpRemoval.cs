using Bento.Sftp.Wire;

namespace Bento.Sftp;

/// <summary>
/// Removes whole directories, level by level and many entries at once; links are removed, never what they lead to. It has no time of its
/// own: a tree takes as many round trips as it is deep, and a server that stops answering ends it.
/// </summary>
internal sealed class SftpRemoval(SftpConnection connection, HostName? host)
{
    private const int Ahead = 256;

    /// <summary>Removes a directory with all that is in it.</summary>
    public async Task RemoveAsync(string path, CancellationToken cancellationToken)
    {
        var directories = new List<string> { path };
        for (var first = 0; first < directories.Count;)
        {
            var level = directories[first..];
            first = directories.Count;
            foreach (var some in level.Chunk(Ahead))
            {
                foreach (var below in await Task.WhenAll(
                    some.Select(directory => EmptyAsync(directory, cancellationToken))).ConfigureAwait(false))
                {
                    directories.AddRange(below);
                }
            }
        }

        directories.Reverse();
        await AnswerAllAsync(directories, connection.Files.RemoveDirectoryAsync, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes an entry of a directory, whatever it is.</summary>
    public Task RemoveAsync(string path, SftpAttributes attributes, CancellationToken cancellationToken) => attributes.IsDirectory
        ? RemoveAsync(path, cancellationToken)
        : connection.AnswerAsync(connection.Files.RemoveAsync(path), path, host, cancellationToken);

    /// <summary>Removes what is not a directory.</summary>
    /// <returns>The directories that are left.</returns>
    private async Task<List<string>> EmptyAsync(string path, CancellationToken cancellationToken)
    {
        var (directories, files) = (new List<string>(), new List<string>());
        await foreach (var (name, attributes) in new SftpListing(connection, path, host).ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            (attributes.IsDirectory ? directories : files).Add(SftpPath.Join(path, name));
        }

        await AnswerAllAsync(files, connection.Files.RemoveAsync, cancellationToken).ConfigureAwait(false);
        return directories;
    }

    private async Task AnswerAllAsync(List<string> paths, Func<string, Task<bool>> request, CancellationToken cancellationToken)
    {
        foreach (var some in paths.Chunk(Ahead))
        {
            var answers = some.Select(path => (Path: path, Answer: request(path))).ToList();
            foreach (var (path, answer) in answers)
            {
                await connection.AnswerAsync(answer, path, host, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
