using System.Diagnostics.CodeAnalysis;
using Bento.Building;
using Bento.Testing.Fleet;

namespace Bento.TestBench.Fleet;

/// <summary>Chooses what happens next to a fleet: now and then something good.</summary>
[SuppressMessage(
    "Security", "CA5394:Do not use insecure randomness", Justification = "A script is made again from its seed; there is no secret in it.")]
internal static class Nemesis
{
    /// <summary>About as many effects as a poll that updates has.</summary>
    private const int Effects = 40;

    /// <returns>What it is called, and what does it.</returns>
    public static (string Name, Func<CancellationToken, Task> Do) Choose(Random random, ScriptedFleet fleet)
    {
        var host = fleet.Hosts[random.Next(fleet.Hosts.Count)];
        var n = random.Next(1, Effects);
        return random.Next(22) switch
        {
            0 or 1 or 2 => ($"publish {host.Name}", token => fleet.PublishAsync(host, cancellationToken: token)),
            3 =>
                ($"publish {host.Name}, killed at {n % 16}", token => fleet.PublishAsync(host, killedAt: n % 16, cancellationToken: token)),
            4 => ($"publish {host.Name}, unbuildable on the host", token =>
                fleet.PublishAsync(host, ScriptedBuilder.Unbuildable, cancellationToken: token)),
            5 => ($"publish {host.Name}, impure", token => fleet.PublishAsync(host, ScriptedBuilder.Impure, cancellationToken: token)),
            6 => Waiting(fleet, TimeSpan.FromMinutes(random.Next(1, 400))),
            7 => Poll(host, "server away", () => host.IsOnline = false),
            8 => Poll(host, $"server away from call {n % 12} on", () => host.GoesAwayAtCall = n % 12),
            9 => Poll(host, $"call {n % 12} hangs", () => host.HangsAtCall = n % 12),
            10 or 11 => Poll(host, $"killed at {n}", () => host.KilledAt = n),
            12 or 13 => Poll(host, $"power cut at {n}", () => (host.KilledAt, host.LosesPower) = (n, true)),
            14 =>
                Poll(host, "content flipped", () => host.Transport.Corrupt = (path, bytes) =>
                    path.StartsWith("content/", StringComparison.Ordinal) ? Flipped(bytes, n) : bytes),
            15 => Poll(host, "release flipped", () =>
                host.Transport.Corrupt = (path, bytes) => path == "release.json" ? Flipped(bytes, n) : bytes),
            16 => Poll(host, "old release replayed", () => host.Transport.Corrupt = Replay(fleet, host, n)),
            17 => Poll(host, "clock wrong", () => host.Clock.Skew = TimeSpan.FromDays(random.Next(-40_000, 10_000))),
            18 => Poll(host, "build fails", () => host.Builder.FailNext = n % 2 == 0 ? BuildFailureKind.Network : BuildFailureKind.Build),
            19 => Poll(host, $"switch {(SwitchScript)(n % 8)}", () => host.Machine.Next = (SwitchScript)(n % 8)),
            20 => ($"poll {host.Name}, another agent during its switch", async token =>
            {
                host.Machine.DuringSwitch = () => host.RunAsync(token);
                _ = await host.PollAsync(token);
                host.Heal();
            }
            ),
            _ => Poll(host, "nothing wrong", () => { }),
        };
    }

    private static (string, Func<CancellationToken, Task>) Poll(ScriptedHost host, string fault, Action begin) =>
        ($"poll {host.Name}, {fault}", async token =>
        {
            begin();
            _ = await host.PollAsync(token);
            host.Heal();
        }
    );

    private static (string, Func<CancellationToken, Task>) Waiting(ScriptedFleet fleet, TimeSpan time) => ($"wait {time}", _ =>
    {
        fleet.Wait(time);
        return Task.CompletedTask;
    }
    );

    private static byte[] Flipped(byte[] bytes, int n)
    {
        var flipped = bytes.ToArray();
        flipped[n * 7919 % flipped.Length] ^= 1;
        return flipped;
    }

    private static Func<string, byte[], byte[]> Replay(ScriptedFleet fleet, ScriptedHost host, int n) =>
        (path, bytes) => path == "release.json" && fleet.Releases(host) is { Count: > 0 } old ? old[n % old.Count] : bytes;
}
