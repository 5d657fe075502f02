using Bento.Sftp.Wire;
using Microsoft.Extensions.Time.Testing;

namespace Bento.Engine.Tests.Sftp.Wire;

public sealed class RequestTableTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly ScriptedChannel _peer = new();
    private readonly RequestTable _table;
    private readonly SftpRequests _requests;

    public RequestTableTests()
    {
        _table = new RequestTable(_peer, TimeSpan.FromSeconds(60), _clock);
        _requests = new SftpRequests(_table);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _requests.Dispose();
        _table.Dispose();
        _peer.Dispose();
    }

    [Fact(Timeout = 20_000)]
    public async Task Requests_are_sent_without_waiting_for_answers_and_answered_in_any_order()
    {
        var kept = new List<byte[]>();
        _peer.Answer = packet =>
        {
            kept.Add(packet);
            return kept.Count < 3 ? [] : kept.AsEnumerable().Reverse().Select(Attributes);
        };

        var looks = new[] { "a", "bb", "ccc" }.Select(_requests.LookAsync).ToList();

        Assert.Equal([1ul, 2ul, 3ul], (await Task.WhenAll(looks)).Select(found => found!.Value.Size));
    }

    [Fact(Timeout = 20_000)]
    public async Task FO10_what_the_server_says_in_its_refusal_is_one_plain_short_line()
    {
        _peer.Answer = packet => [ScriptedChannel.Status(packet, StatusCode.Failure, $"no\u001b[2J\r\nall well{new string('x', 10_000)}")];

        var refused = await Assert.ThrowsAsync<SftpStatusException>(() => _requests.RemoveAsync("a"));

        Assert.Equal(StatusCode.Failure, refused.Code);
        Assert.StartsWith("no", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(refused.Message, char.IsControl);
        Assert.InRange(refused.Message.Length, 1, 301);
    }

    [Fact(Timeout = 20_000)]
    public async Task FO10_an_answer_to_a_request_that_nobody_sent_ends_everything()
    {
        var waiting = _requests.LookAsync("a");
        await _requests.Features;
        _peer.Say(new PacketWriter(PacketType.Status).UInt32(4711).UInt32(0).Text(string.Empty).Text(string.Empty).Finish());

        await Assert.ThrowsAsync<SftpProtocolException>(() => waiting);
        await Assert.ThrowsAsync<SftpProtocolException>(() => _requests.LookAsync("b"));
        await _peer.Disposed;
    }

    [Fact(Timeout = 20_000)]
    public async Task A_request_is_answered_once()
    {
        _peer.Answer = packet => [ScriptedChannel.Status(packet, StatusCode.Ok), ScriptedChannel.Status(packet, StatusCode.Ok)];

        Assert.True(await _requests.RemoveAsync("a"));

        await _peer.Disposed;
    }

    [Fact(Timeout = 20_000)]
    public async Task A_server_that_is_silent_for_too_long_ends_what_waits_and_what_comes_later()
    {
        await _requests.Features;
        var waiting = _requests.LookAsync("a");
        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.False(waiting.IsCompleted);

        _clock.Advance(TimeSpan.FromSeconds(2));

        await Assert.ThrowsAsync<TimeoutException>(() => waiting);
        await Assert.ThrowsAsync<TimeoutException>(() => _requests.LookAsync("b"));
    }

    [Fact(Timeout = 20_000)]
    public async Task FO10_a_server_that_leaves_one_request_without_an_answer_is_silent_whatever_else_it_answers()
    {
        await _requests.Features;
        _peer.Answer = packet => ScriptedChannel.IdOf(packet) == 1 ? [] : [Attributes(packet)];
        var waiting = _requests.LookAsync("never");
        for (var second = 0; second < 60; second += 20)
        {
            _ = await _requests.LookAsync("a");
            _clock.Advance(TimeSpan.FromSeconds(20));
        }

        await Assert.ThrowsAsync<TimeoutException>(() => waiting);
    }

    [Fact(Timeout = 20_000)]
    public async Task A_slow_server_has_its_time_for_each_answer()
    {
        await _requests.Features;
        var kept = new List<byte[]>();
        var sent = new TaskCompletionSource();
        _peer.Answer = packet =>
        {
            kept.Add(packet);
            if (kept.Count == 3)
            {
                sent.SetResult();
            }

            return [];
        };
        var looks = new[] { "a", "b", "c" }.Select(_requests.LookAsync).ToList();
        await sent.Task;

        foreach (var packet in kept)
        {
            _clock.Advance(TimeSpan.FromSeconds(50));
            _peer.Say(Attributes(packet));
        }

        Assert.Equal(3, (await Task.WhenAll(looks)).Length);
    }

    [Fact(Timeout = 20_000)]
    public async Task A_caller_that_gave_up_leaves_a_session_that_goes_on()
    {
        var kept = new List<byte[]>();
        _peer.Answer = packet =>
        {
            kept.Add(packet);
            return kept.Count < 2 ? [] : kept.Select(Attributes);
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _requests.LookAsync("a").WaitAsync(new CancellationToken(canceled: true)));

        Assert.NotNull(await _requests.LookAsync("b").WaitAsync(Token));
    }

    [Fact(Timeout = 20_000)]
    public async Task The_end_of_the_connection_ends_what_waits()
    {
        var waiting = _requests.LookAsync("a");

        _peer.Close(new IOException("gone"));

        Assert.Equal("gone", (await Assert.ThrowsAsync<IOException>(() => waiting)).Message);
    }

    private static byte[] Attributes(byte[] request)
    {
        var body = new PacketReader(request.AsSpan(5));
        return new PacketWriter(PacketType.Attributes).UInt32(ScriptedChannel.IdOf(request))
            .UInt32(1)
            .UInt64((ulong)body.Text().Length)
            .Finish();
    }
}
