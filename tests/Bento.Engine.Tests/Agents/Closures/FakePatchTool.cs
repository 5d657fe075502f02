using Bento.Building.Closures;

namespace Bento.Engine.Tests.Agents.Closures;

/// <summary>A patch that is the other archive, for as long as the file that it begins with is the right one.</summary>
internal sealed class FakePatchTool : IPatchTool
{
    public bool IsThere { get; set; } = true;

    /// <summary>What comes out; null for what is right.</summary>
    public byte[]? Result { get; set; }

    /// <summary>How often a patch was applied.</summary>
    public int Applied { get; private set; }

    public Task<bool> IsThereAsync(CancellationToken cancellationToken) => Task.FromResult(IsThere);

    public Task<bool> UnpackAsync(string packed, string archive, CancellationToken cancellationToken) => Copy(packed, archive);

    public Task<bool> MakeAsync(string before, string after, string patch, CancellationToken cancellationToken) => Copy(after, patch);

    public async Task<bool> ApplyAsync(string before, string patch, string after, long bytes, CancellationToken cancellationToken)
    {
        Applied++;
        await File.WriteAllBytesAsync(after, Result ?? await File.ReadAllBytesAsync(patch, cancellationToken), cancellationToken);
        return true;
    }

    private static Task<bool> Copy(string from, string to)
    {
        File.Copy(from, to, overwrite: true);
        return Task.FromResult(true);
    }
}
