using Bento.Engine.Tests.Publishing;
using Bento.Hosts;
using Bento.Status;
using Bento.TestBench;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Engine.Tests.Status;

/// <summary>A disk that is not mounted is no fleet that is well.</summary>
public sealed class MissingAreaTests : IDisposable
{
    private static readonly HostName Host = HostName.Parse("h1");

    private readonly TempDirectory _directory = new();
    private readonly ServiceProvider _services;

    public MissingAreaTests()
    {
        _services = new ServiceCollection().AddBento(options => options.Directory = _directory.FullPath).Services.BuildServiceProvider();
        _ = _services.GetRequiredService<IStatusStore>().UpdateAsync(
            Host, _ => new HostRecord
            {
                Releases = [new PublishedRelease
                {
                    Release = SomeRelease.Of("h1"),
                    At = TimeProvider.System.GetUtcNow().AddHours(-1),
                    By = "me",
                }],
            }, CancellationToken.None);
        _ = Directory.CreateDirectory(_directory[".bento/areas/h1/logs"]);
    }

    public void Dispose()
    {
        _services.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task An_area_in_which_nothing_was_reported_yet_is_well()
    {
        var status = await ReadAsync();

        Assert.Equal((HostState.NewMachine, StatusFlags.None, false), (status.State, status.Flags, status.NeedsAttention));
    }

    [Theory]
    [InlineData(".bento/areas")]
    [InlineData(".bento/areas/h1")]
    [InlineData(".bento/areas/h1/logs")]
    public async Task What_is_gone_of_an_area_with_a_release_needs_attention(string gone)
    {
        Directory.Delete(_directory[gone], recursive: true);

        var status = await ReadAsync();

        Assert.Equal((HostState.NewMachine, StatusFlags.Unreadable, true), (status.State, status.Flags, status.NeedsAttention));
        Assert.Contains("is gone", Assert.Single(status.Remarks), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("release.json", "{}")]
    [InlineData("logs/1-1-result.json", null)]
    public async Task A_release_that_no_record_knows_needs_attention(string path, string? text)
    {
        Directory.Delete(_directory[".bento/hosts"], recursive: true);
        _directory.WriteFile(
            $".bento/areas/h1/{path}", text ?? System.Text.Encoding.UTF8.GetString(
                Bento.Protocol.ReportJson.Write(RecordUpdateTests.Result(1, 1, Bento.Protocol.AttemptOutcome.Succeeded))));

        var status = await ReadAsync();

        Assert.Equal((HostState.Unpublished, StatusFlags.Unreadable, true), (status.State, status.Flags, status.NeedsAttention));
    }

    private async Task<HostStatus> ReadAsync() =>
        Assert.Single(
            await _services.GetRequiredService<IFleetStatus>().ReadAsync(HostSelector.All, TestContext.Current.CancellationToken));
}
