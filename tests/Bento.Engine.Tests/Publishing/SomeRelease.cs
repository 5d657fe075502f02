using Bento.Protocol;
using CsCheck;

namespace Bento.Engine.Tests.Publishing;

/// <summary>Releases for tests.</summary>
internal static class SomeRelease
{
    public const string Hash = "0123456789abcdfghijklmnpqrsvwxyz";

    public static Release Of(string host = "h1", long sequence = 1, long epoch = 0) => ReleaseIdentity.WithId(new Release
    {
        Fleet = FleetName.Parse("bento"),
        Host = HostName.Parse(host),
        Number = new ReleaseNumber(epoch, sequence),
        Id = default,
        Issued = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        Expires = new DateTimeOffset(2026, 2, 1, 3, 4, 5, TimeSpan.Zero),
        Kind = ConfigurationKind.Flake,
        Attribute = host,
        Content = new ReleaseContent
        {
            Archive = ContentHash.FromBytes(new byte[32]),
            ArchiveBytes = 1234,
            FileCount = 5,
            TreeHash = TreeHash.Parse("sha256-pQpattmS9VmO3ZIQUFn66az8GSmB4IvYhTTCFn6SUmo="),
        },
        ExpectedSystem = System(host),
        Policy = HostPolicy.Default,
    });

    public static StorePath System(string name) => StorePath.Parse($"/nix/store/{Hash}-nixos-system-{name}");

    public static Gen<Release> Any =>
        from name in Gen.String[Gen.Char.AlphaNumeric, 1, 20]
        from number in Gen.Select(Gen.Long[0, long.MaxValue], Gen.Long[1, long.MaxValue])
        from issued in Gen.Long[0, 4_000_000_000]
        from days in Gen.Int[1, 3000]
        from isFlake in Gen.Bool
        from bytes in Gen.Byte.Array[64]
        from size in Gen.Select(Gen.Long[0, long.MaxValue], Gen.Int[0, int.MaxValue])
        from policy in Policies
        select ReleaseIdentity.WithId(new Release
        {
            Fleet = FleetName.Parse("f" + name),
            Host = HostName.Parse("h" + name),
            Number = new ReleaseNumber(number.Item1, number.Item2),
            Id = default,
            Issued = DateTimeOffset.FromUnixTimeSeconds(issued),
            Expires = DateTimeOffset.FromUnixTimeSeconds(issued).AddDays(days),
            Kind = isFlake ? ConfigurationKind.Flake : ConfigurationKind.Channel,
            Attribute = isFlake ? $"h{name}" : null,
            Content = new ReleaseContent
            {
                Archive = ContentHash.FromBytes(bytes.AsSpan(0, 32)),
                ArchiveBytes = size.Item1,
                FileCount = size.Item2,
                TreeHash = TreeHash.FromBytes(bytes.AsSpan(32, 32)),
            },
            ExpectedSystem = isFlake ? System(name) : null,
            Policy = policy,
        });

    private static Gen<HealthCheck> Checks => Gen.OneOf<HealthCheck>(
        Gen.String.Array[1, 4].Where(words => words.All(IsText))
            .Select(words => (HealthCheck)new HealthCheck.Command(words, TimeSpan.FromSeconds(7))),
        Gen.Int[1, 65535].Select(
            port => (HealthCheck)new HealthCheck.Http(new Uri($"https://example.org:{port}/ä?x=%20"), TimeSpan.FromSeconds(3600))),
        Gen.String[1, 20].Where(IsText).Select(unit => (HealthCheck)new HealthCheck.Unit(unit, HealthCheck.DefaultTimeout)));

    private static Gen<HostPolicy> Policies =>
        from flags in Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool)
        from waits in Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool)
        from minutes in Gen.Select(Gen.Int[0, 1439], Gen.Int[0, 1439])
        from confirm in Gen.Int[1, 86_400]
        from checks in Checks.Array[0, 3]
        select new HostPolicy
        {
            SelfUpdate = flags.Item1,
            Reboot = flags.Item2,
            Rollback = flags.Item3,
            RebootWindow = flags.Item4
                ? Windows(new TimeWindow(TimeOnly.MinValue.AddMinutes(minutes.Item1), TimeOnly.MinValue.AddMinutes(minutes.Item2)), null)
                : null,
            SwitchWindow = waits.Item1
                ? Windows(
                    new TimeWindow(TimeOnly.MinValue.AddMinutes(minutes.Item2), TimeOnly.MinValue.AddMinutes(minutes.Item1))
                    {
                        Days = (WeekDays)(1 + (confirm % 127)),
                    },
                    "Europe/Berlin")
                : null,
            HoldBack = waits.Item2
                ? new HoldBack { WhileLoggedIn = flags.Item1, LockFiles = ["/run/a.lock"], AtMost = TimeSpan.FromSeconds(60 + confirm) }
                : null,
            Freeze = waits.Item3
                ? new HostFreeze
                {
                    Reason = "sale",
                    Since = DateTimeOffset.FromUnixTimeSeconds(confirm),
                    Until = flags.Item2 ? DateTimeOffset.FromUnixTimeSeconds(confirm + 60) : null,
                }
                : null,
            ConfirmTimeout = TimeSpan.FromSeconds(confirm),
            HealthChecks = checks,
        };

    private static TimeWindows Windows(TimeWindow window, string? zone) => new() { Windows = [window], Zone = zone };

    // Half a surrogate pair is no text and becomes U+FFFD on its way.
    private static bool IsText(string text) => !text.Any(char.IsSurrogate);
}
