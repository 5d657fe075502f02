using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Bento.Agents.Journal;
using Bento.Agents.Polling;
using Bento.Engine.Tests.Publishing;
using Bento.Engine.Tests.Status;
using Bento.Protocol;
using Bento.TestBench;
using Bento.Trust;
using CsCheck;

namespace Bento.Engine.Tests.Agents;

/// <summary>
/// Damaged envelopes, payloads, reports and archives: read as what they say or refused by the one exception that their callers expect,
/// without hanging or growing.
/// </summary>
public sealed class ReaderFuzzTests
{
    /// <summary>What a reader of 64 KiB may take: a parsed copy and its texts, never what the bytes claim.</summary>
    private const long MaxBytesPerRead = 4 * 1024 * 1024;

    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(5);

    [Fact(Timeout = Mutation.Timeout)]
    public async Task T1_a_damaged_envelope_is_an_envelope_or_no_json()
    {
        var good = ReleaseFileJson.Write(
            new ReleaseEnvelope(PayloadJson.Write(SomeRelease.Of()), ["-----BEGIN SSH SIGNATURE-----", "another"]));
        await Task.CompletedTask;

        Sample(good, bytes =>
        {
            var envelope = ReleaseFileJson.Read(bytes);
            return ReleaseFileJson.Read(ReleaseFileJson.Write(envelope)).Payload.Span.SequenceEqual(envelope.Payload.Span);
        });
    }

    [Fact(Timeout = Mutation.Timeout)]
    public async Task T1_a_damaged_payload_is_a_release_or_no_json()
    {
        var policy = HostPolicy.Default with
        {
            HealthChecks = [new HealthCheck.Unit("sshd.service", HealthCheck.DefaultTimeout)],
            RebootWindow = TimeWindows.Parse("01:00-02:00"),
        };
        var good = PayloadJson.Write(SomeRelease.Of() with { Policy = policy });
        await Task.CompletedTask;

        Sample(good, bytes =>
        {
            var written = PayloadJson.Write(PayloadJson.Read(bytes));
            return PayloadJson.Write(PayloadJson.Read(written)).AsSpan().SequenceEqual(written);
        });
    }

    [Fact(Timeout = Mutation.Timeout)]
    public async Task T1_a_damaged_payload_that_trusted_keys_signed_is_refused_by_name()
    {
        var good = PayloadJson.Write(ReleaseIdentity.WithId(SomeRelease.Of()));
        var release = SomeRelease.Of();
        var verifier = new ReleaseVerifier(
            release.Fleet, release.Host, new TrustPolicy(new TrustOptions { AllowUnsigned = true }), epoch: 0);
        await Task.CompletedTask;

        Sample(good, bytes => verifier.Verify(
            ReleaseFileJson.Write(new ReleaseEnvelope(bytes, [])),
            AgentJournal.Empty,
            release.Issued) is { Release: not null } or { Refusal: not null });
    }

    [Theory]
    [InlineData(",\"zz\":1,\"zz\":2")]
    [InlineData(",\"zz\":\"\\ud800\"")]
    [InlineData(",\"\u00ff\":1")]
    [InlineData(",\"policy2\":{\"a\":1,\"a\":2}")]
    public void T1_what_only_a_later_program_knows_is_refused_where_it_is_no_json(string members)
    {
        var release = ReleaseIdentity.WithId(SomeRelease.Of());
        byte[] payload = [.. PayloadJson.Write(release)[..^1], .. Encoding.Latin1.GetBytes(members), (byte)'}'];
        var verifier = new ReleaseVerifier(
            release.Fleet, release.Host, new TrustPolicy(new TrustOptions { AllowUnsigned = true }), epoch: 0);

        Assert.Equal(
            Refusal.Malformed,
            verifier.Verify(ReleaseFileJson.Write(new ReleaseEnvelope(payload, [])), AgentJournal.Empty, release.Issued).Refusal);
    }

    [Theory(Timeout = Mutation.Timeout)]
    [InlineData("start")]
    [InlineData("result")]
    [InlineData("beat")]
    public async Task H10_a_damaged_report_is_a_report_of_clean_lines_or_no_json(string kind)
    {
        var good = kind switch
        {
            "start" => ReportJson.Write(RecordUpdateTests.Start(1, 1)),
            "result" => ReportJson.Write(
                RecordUpdateTests.Result(1, 1, AttemptOutcome.Degraded) with { FailedUnits = ["a.service", "b.service"] }),
            _ => ReportJson.Write(new Heartbeat
            {
                At = TimeProvider.System.GetUtcNow(),
                Interval = TimeSpan.FromMinutes(1),
                Agent = "1",
                Detail = "waits",
                Refusal = Refusal.Stale,
            }),
        };
        await Task.CompletedTask;

        Sample(good, bytes => Texts(kind, bytes).All(text => text.Length <= 2000 && !text.Any(char.IsControl)));
    }

    [Fact(Timeout = Mutation.Timeout)]
    public async Task T2_a_damaged_archive_is_unpacked_inside_of_its_directory_or_refused()
    {
        var tar = Tar();
        var gzip = Gzip(tar);
        using var directory = new TempDirectory();
        var before = GC.GetTotalAllocatedBytes();
        var rounds = Fuzz.Rounds(1500);
        await Task.CompletedTask;

        Mutation.Any.Select(Gen.Bool).Sample(
            sample =>
            {
                var (mutations, isInside) = sample;
                var bytes = isInside ? Gzip(Mutation.Apply(tar, mutations)) : Mutation.Apply(gzip, mutations);
                return InTime(() => Unpacks(bytes, directory));
            },
            iter: rounds,
            threads: 1);

        Assert.InRange((GC.GetTotalAllocatedBytes() - before) / rounds, 0, MaxBytesPerRead);
    }

    private static IEnumerable<string> Texts(string kind, byte[] bytes)
    {
        switch (kind)
        {
            case "start":
                _ = ReportJson.ReadStart(bytes);
                return [];
            case "result":
                var result = ReportJson.ReadResult(bytes);
                return [result.Reason, .. result.FailedUnits];
            default:
                var beat = ReportJson.ReadHeartbeat(bytes);
                return [beat.Agent, beat.Detail ?? string.Empty];
        }
    }

    private static void Sample(byte[] good, Func<byte[], bool> read)
    {
        var before = GC.GetTotalAllocatedBytes();
        var rounds = Fuzz.Rounds(10_000);
        Mutation.Any.Sample(mutations => InTime(() => Reads(Mutation.Apply(good, mutations), read)), iter: rounds, threads: 2);
        Assert.InRange((GC.GetTotalAllocatedBytes() - before) / rounds, 0, MaxBytesPerRead);
    }

    private static bool Reads(byte[] bytes, Func<byte[], bool> read)
    {
        try
        {
            return read(bytes);
        }
        catch (JsonException)
        {
            return true;
        }
    }

    private static bool Unpacks(byte[] archive, TempDirectory directory)
    {
        try
        {
            new ContentUnpacker(1024 * 1024).UnpackAsync(new MemoryStream(archive), directory["tree"], CancellationToken.None)
                .GetAwaiter()
                .GetResult();
        }
        catch (Exception exception) when (exception is ContentException or IOException)
        {
            // What an agent expects of an archive.
        }

        var isInside = Directory.GetFileSystemEntries(directory.FullPath) is [var only] && only == directory["tree"]
            && Directory.EnumerateFileSystemEntries(directory["tree"], "*", SearchOption.AllDirectories)
                .All(path => new FileInfo(path).LinkTarget is null);
        Directory.Delete(directory["tree"], recursive: true);
        return isInside;
    }

    private static bool InTime(Func<bool> action)
    {
        var began = TimeProvider.System.GetTimestamp();
        return action() && TimeProvider.System.GetElapsedTime(began) < Slow;
    }

    private static byte[] Tar()
    {
        using var archive = new MemoryStream();
        using (var tar = new TarWriter(archive, TarEntryFormat.Gnu, leaveOpen: true))
        {
            tar.WriteEntry(new GnuTarEntry(TarEntryType.Directory, "sub/"));
            foreach (var path in new[] { "a", "sub/b", string.Join('/', Enumerable.Repeat(new string('n', 40), 4)) })
            {
                tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, path)
                {
                    DataStream = new MemoryStream(Encoding.UTF8.GetBytes("some text\n")),
                });
            }
        }

        return archive.ToArray();
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var archive = new MemoryStream();
        using (var gzip = new GZipStream(archive, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return archive.ToArray();
    }
}
