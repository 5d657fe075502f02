using System.Net;
using System.Text;
using System.Text.Json;
using Bento.Hosts;
using Bento.Notifications;
using Bento.Processes;
using Bento.Status;
using Bento.TestBench;
using Microsoft.Extensions.Options;

namespace Bento.Engine.Tests.Notifications;

/// <summary>Channels on a real socket and a real program, beside a status that says what a test wants.</summary>
public sealed class NotifierTests : IDisposable, IFleetStatus
{
    private readonly TempDirectory _directory = new();
    private readonly HttpListener _server = new();
    private readonly List<(string? Authorization, string Body)> _posts = [];
    private HttpStatusCode _answer = HttpStatusCode.NoContent;
    private IReadOnlyList<HostStatus> _statuses = [];

    public NotifierTests()
    {
        using (var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/hook-s3cret/";
        }

        _server.Prefixes.Add(Address);
        _server.Start();
        _ = AnswerAsync();
    }

    private string Address { get; }

    public void Dispose()
    {
        _server.Close();
        _directory.Dispose();
    }

    public Task<IReadOnlyList<HostStatus>> ReadAsync(HostSelector hosts, CancellationToken cancellationToken) => Task.FromResult(_statuses);

    public IAsyncEnumerable<IReadOnlyList<HostStatus>> FollowAsync(
        HostSelector hosts, TimeSpan interval, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<FleetChange> WatchAsync(HostSelector hosts, TimeSpan interval, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    [Fact(Timeout = 30_000)]
    public async Task A_webhook_gets_all_changes_at_once_and_nothing_twice_with_its_secrets_from_files()
    {
        File.WriteAllText(_directory["url"], Address + "\n");
        File.WriteAllText(_directory["token"], "t0ken\n");
        _statuses = [Status("web", HostState.Failing), Status("db", HostState.Silent), Status("mail", HostState.UpToDate)];
        var webhook = new WebhookOptions { Name = "ops", UrlFile = _directory["url"], TokenFile = _directory["token"] };

        var first = await TellAsync(options => options.Webhooks.Add(webhook));
        var again = await TellAsync(options => options.Webhooks.Add(webhook));

        Assert.Equal([new NotificationResult("ops", 2)], first);
        Assert.Equal([new NotificationResult("ops", 0)], again);
        var (authorization, body) = Assert.Single(_posts);
        Assert.Equal("Bearer t0ken", authorization);
        using var document = JsonDocument.Parse(body);
        Assert.Equal(1, document.RootElement.GetProperty("schema").GetInt32());
        Assert.Equal(
            ["db silent", "web failing"],
            document.RootElement.GetProperty("changes").EnumerateArray()
                .Select(change => $"{change.GetProperty("host")} {change.GetProperty("state")}"));
    }

    [Fact(Timeout = 30_000)]
    public async Task One_that_fails_is_told_again_with_what_is_so_by_then_and_holds_up_no_other_and_names_no_secret()
    {
        _answer = HttpStatusCode.Redirect;
        _statuses = [Status("web", HostState.Failing)];
        void Both(NotifyOptions options)
        {
            options.Webhooks.Add(new WebhookOptions { Name = "ops", Url = Address });
            options.Commands.Add(Command("cat > told"));
        }

        var failed = await TellAsync(Both);
        _answer = HttpStatusCode.OK;
        _statuses = [Status("web", HostState.RolledBack)];
        var told = await TellAsync(Both);

        Assert.Equal("127.0.0.1 answers 302.", failed[0].Failure?.Message);
        Assert.Null(failed[1].Failure);
        Assert.Equal([null, null], told.Select(result => result.Failure?.Message));
        Assert.Contains("rolled-back", _posts[^1].Body, StringComparison.Ordinal);
        Assert.Contains("\"text\":\"test: 1 host needs attention", File.ReadAllText(_directory["told"]), StringComparison.Ordinal);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("echo no route >&2; exit 3", "ended with 3: no route")]
    [InlineData("exit 1", "ended with 1.")]
    public async Task A_program_that_fails_is_told_with_its_last_words(string script, string failure)
    {
        _statuses = [Status("web", HostState.Failing)];

        var result = Assert.Single(await TellAsync(options => options.Commands.Add(Command(script))));

        Assert.EndsWith(failure, result.Failure?.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_program_and_an_address_that_are_not_there_are_failures_and_no_exceptions()
    {
        _statuses = [Status("web", HostState.Failing)];

        var results = await TellAsync(options =>
        {
            options.Webhooks.Add(new WebhookOptions { Name = "gone", Url = "http://127.0.0.1:1/s3cret" });
            options.Webhooks.Add(new WebhookOptions { Name = "unreadable", UrlFile = _directory["missing"] });
            options.Commands.Add(new NotifyCommandOptions { Name = "none", Command = { "/no/such/program" } });
        });

        Assert.All(results, result => Assert.NotNull(result.Failure?.Message));
        Assert.All(results, result => Assert.DoesNotContain("s3cret", result.Failure?.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_channel_of_an_application_that_throws_anything_keeps_no_other_from_being_told()
    {
        _statuses = [Status("web", HostState.Failing)];
        var told = new OwnChannel("second", () => { });

        var results = await TellAsync(_ => { }, new OwnChannel("first", () => throw new InvalidOperationException("no\u001b[2J")), told);

        Assert.Equal(["first", "second"], results.Select(result => result.Channel));
        Assert.Equal("no", results[0].Failure?.Message);
        Assert.Null(results[1].Failure);
        Assert.Single(told.Heard);
    }

    [Fact]
    public async Task A_channel_of_an_application_that_cannot_say_its_name_keeps_no_other_from_being_told()
    {
        _statuses = [Status("web", HostState.Failing)];
        var told = new OwnChannel("second", () => { });

        var results = await TellAsync(
            _ => { }, new NamelessChannel(() => throw new InvalidCastException("no name")), new NamelessChannel(() => null!), told);

        Assert.Equal(["NamelessChannel", "NamelessChannel", "second"], results.Select(result => result.Channel));
        Assert.Equal("NamelessChannel failed (InvalidCastException): no name", results[0].Failure?.Message);
        Assert.Equal("NamelessChannel failed (InvalidOperationException): It gave no name.", results[1].Failure?.Message);
        Assert.Single(told.Heard);
    }

    [Fact]
    public async Task Without_channels_nothing_is_looked_at() => Assert.Empty(await TellAsync(_ => { }));

    private async Task<IReadOnlyList<NotificationResult>> TellAsync(Action<NotifyOptions> configure, params INotificationChannel[] own)
    {
        var bento = new BentoOptions { Directory = _directory.FullPath, Fleet = "test" };
        configure(bento.Notify);
        var options = Options.Create(bento);
        using var channels = new ConfiguredChannels(options, new CliWrapProcessRunner(TimeProvider.System), TimeProvider.System);
        using var notifier = new Notifier(options, this, new ToldFile(new StateDirectories(options)), channels, own, TimeProvider.System);
        return await notifier.TellAsync(TestContext.Current.CancellationToken);
    }

    private sealed class NamelessChannel(Func<string> name) : INotificationChannel
    {
        public string Name => name();

        public Task SendAsync(Notification notification, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private NotifyCommandOptions Command(string script) => new()
    {
        Name = "mail",
        Command = { "sh", "-c", $"cd '{_directory.FullPath}'; {script}" },
    };

    private async Task AnswerAsync()
    {
        try
        {
            while (_server.IsListening)
            {
                var context = await _server.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
                _posts.Add((context.Request.Headers["Authorization"], await reader.ReadToEndAsync()));
                context.Response.StatusCode = (int)_answer;
                context.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }

    private static HostStatus Status(string host, HostState state) => new()
    {
        Host = HostName.Parse(host),
        State = state,
        Reason = "It is so.",
    };

    private sealed class OwnChannel(string name, Action act) : INotificationChannel
    {
        public string Name => name;

        public List<Notification> Heard { get; } = [];

        public Task SendAsync(Notification notification, CancellationToken cancellationToken)
        {
            act();
            Heard.Add(notification);
            return Task.CompletedTask;
        }
    }
}
