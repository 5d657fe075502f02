using Bento.Agents;
using Bento.Protocol;
using Bento.TestBench.Nix;
using Bento.TestBench.Sshd;
using Bento.Transport;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Integration.Tests;

/// <summary>How often a slow link is crossed.</summary>
public sealed class RoundTripTests
{
    /// <summary>So long that the work of a busy machine is little beside it.</summary>
    private static readonly TimeSpan RoundTrip = TimeSpan.FromSeconds(1);

    [Fact(Timeout = 240_000)]
    public async Task A_poll_that_finds_nothing_new_takes_eleven_round_trips_at_most()
    {
        await using var server = await SshdServer.StartAsync(hostCount: 1);
        var host = server.Hosts[0];

        using var link = new SlowLink(server.Port, RoundTrip);
        using var fleet = TestFleet.With(
            operators => operators.UseLocalDirectory(
                options => (options.Directory, options.Ownership) = (server.AreasDirectory, AreaOwnership.SystemUsers)),
            (agent, name) => agent.UseSftp(options =>
            {
                Login(server, options, name.ToString(), server.KeyFileOf(name));
                options.Port = link.Port;
            }).ConfigureRetries(options => options.MaxRetries = 0));
        fleet.WriteFlake("lab", (host.ToString(), new TestSystem()));
        Assert.True((await fleet.DeployAsync()).IsSuccess);
        Assert.Equal(AttemptOutcome.Succeeded, (await fleet.RunAgentAsync(host)).Outcome);
        Assert.Equal(AgentConclusion.UpToDate, (await fleet.RunAgentAsync(host)).Conclusion);

        var least = TimeSpan.MaxValue;
        for (var attempt = 0; attempt < 3 && least >= 12 * RoundTrip; attempt++)
        {
            var began = TimeProvider.System.GetTimestamp();
            Assert.Equal(AgentConclusion.UpToDate, (await fleet.RunAgentAsync(host)).Conclusion);
            var elapsed = TimeProvider.System.GetElapsedTime(began);
            least = elapsed < least ? elapsed : least;
        }

        // Eleven, and what the two machines have to do between them.
        Assert.InRange(least / RoundTrip, 8, 12);
    }

    [Fact(Timeout = 240_000)]
    public async Task A_publication_takes_the_same_round_trips_whatever_the_number_of_files()
    {
        await using var server = await SshdServer.StartAsync();
        using var link = new SlowLink(server.Port, TimeSpan.FromMilliseconds(400));
        using var fleet = TestFleet.With(
            operators => operators.UseSftp(options =>
            {
                Login(server, options, server.UserName, server.KeyFileOf());
                (options.Port, options.Directory) = (link.Port, server.AreasDirectory);
            }),
            (agent, _) => agent.UseLocalDirectory(options => options.Directory = server.AreasDirectory));
        fleet.WriteFlake("lab", ("web", new TestSystem()));
        Assert.True((await fleet.DeployAsync()).IsSuccess);
        for (var number = 0; number < 600; number++)
        {
            Directory.CreateDirectory(Path.Join(fleet.Directory, $"hosts/lab/d{number % 60}"));
            await File.WriteAllTextAsync(
                Path.Join(fleet.Directory, $"hosts/lab/d{number % 60}/{number}"), "x", TestContext.Current.CancellationToken);
        }

        var round = 0;
        var least = await CountAsync(link, 34, async () =>
        {
            await File.WriteAllTextAsync(
                Path.Join(fleet.Directory, "hosts/lab/README"), $"{++round}", TestContext.Current.CancellationToken);
            Assert.True((await fleet.DeployAsync()).IsSuccess);
        });

        // Nine of them send and name the files. The others are the login (8), the lock (5), the farewell, and what is looked at before
        // anything is built.
        Assert.InRange(least, 15, 34);
        Assert.Equal(
            ["content", "last_change_date", "logs", "release.json"],
            Directory.GetFileSystemEntries(Path.Join(server.AreasDirectory, "web")).Select(Path.GetFileName).Order());
    }

    /// <summary>
    /// Counts; again where it was more than it should be, because a machine that is busy makes pauses between what goes out together.
    /// </summary>
    private static async Task<int> CountAsync(SlowLink link, int most, Func<Task> action)
    {
        var least = int.MaxValue;
        for (var attempt = 0; attempt < 3 && least > most; attempt++)
        {
            var before = link.RoundTrips;
            await action();
            least = int.Min(least, link.RoundTrips - before);
        }

        return least;
    }

    private static void Login(SshdServer server, Sftp.SftpOptions options, string user, string keyFile, string? pinned = null)
    {
        options.Host = SshdServer.Address;
        options.Port = server.Port;
        options.User = user;
        options.PrivateKeyFile = keyFile;
        options.HostKeys.Add(pinned ?? server.HostKey);
    }
}
