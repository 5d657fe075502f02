using System.Diagnostics;
using Bento.TestBench.Sshd;
using Bento.Transport;

namespace Bento.Engine.Tests.Sftp;

/// <summary>
/// A server that Bento logged in to, and that is evil: each thing that Bento does there ends well or in one plain failure, in time, and
/// nothing large is kept.
/// </summary>
public sealed class EvilServerTests
{
    public static TheoryData<string> Modes => [.. EvilModes.All.Keys];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Modes))]
    public async Task T2_whatever_a_server_says_ends_in_one_plain_failure(string mode)
    {
        var clock = Stopwatch.StartNew();
        var failures = (await EvilServer.VisitAsync(mode, Token)).Select(Assert.IsType<TransportException>).ToList();

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(25));
        Assert.True(mode == "honest" ? failures.Count == 0 : failures.Count > 0 || EvilModes.AreHarmless.Contains(mode), mode);
        Assert.All(failures, failure =>
        {
            Assert.DoesNotContain(failure.Message, letter => char.IsControl(letter) || letter == '\u202E');
            Assert.InRange(failure.Message.Length, 10, 600);
            Assert.Contains("evil.example.org", failure.Message, StringComparison.Ordinal);
        });
    }
}
