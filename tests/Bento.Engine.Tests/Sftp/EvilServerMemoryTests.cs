using Bento.TestBench.Sshd;

namespace Bento.Engine.Tests.Sftp;

/// <summary>What evil servers make the process take. Nothing else runs meanwhile: its memory would be counted, too.</summary>
[Collection(nameof(EvilServerMemoryTests))]
[CollectionDefinition(nameof(EvilServerMemoryTests), DisableParallelization = true)]
public sealed class EvilServerMemoryTests
{
    /// <summary>A single server that is believed takes gigabytes.</summary>
    private const long MostBytes = 400_000_000;

    [Fact(Timeout = 120_000)]
    public async Task T2_no_server_makes_a_client_take_gigabytes()
    {
        var before = Environment.WorkingSet;

        await Task.WhenAll(EvilModes.All.Keys.Select(mode => EvilServer.VisitAsync(mode, TestContext.Current.CancellationToken)));

        Assert.InRange(Environment.WorkingSet - before, long.MinValue, MostBytes);
    }
}
