using Bento.Building;
using Bento.Building.Composition;
using Bento.Building.Errors;
using Bento.Engine.Tests.Building.Evaluation;
using Bento.Engine.Tests.Processes;
using Bento.Processes;
using Bento.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Bento.Engine.Tests.Building.Errors;

public sealed class NixTroubleTests
{
    private static readonly ConfigurationSource Source = new()
    {
        Directory = "/srv/bento",
        Kind = ConfigurationKind.Flake,
        Name = "fleet",
    };

    private static readonly SystemDerivation System = new()
    {
        Attribute = "a",
        Derivation = StorePath.Parse("/nix/store/1y4ga31ms7j7n5a621bqr7vxv4w397lw-nixos-system-a.drv"),
        System = StorePath.Parse("/nix/store/fs0hh4v7j2jhz8nzf94fbkhv642idmj4-nixos-system-a"),
    };

    [Fact]
    public async Task Where_nix_is_missing_it_is_said_how_to_install_it()
    {
        await using var services = Services(
            new CliWrapProcessRunner(TimeProvider.System), options => options.ProgramDirectory = "/nowhere");

        var exception = await Assert.ThrowsAsync<NixException>(
            () => services.GetRequiredService<ISystemBuilder>().ListAsync(Source, TestContext.Current.CancellationToken));

        Assert.Contains("/nowhere/nix", exception.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install nix-bin", exception.NextStep?.Text, StringComparison.Ordinal);
        Assert.Contains("https://nixos.org/download", exception.NextStep?.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("error: opening lock file '/nix/var/nix/db/big-lock': Permission denied", "root")]
    [InlineData("error: creating directory '/nix/var': Permission denied", "root")]
    [InlineData("error: user 'joe' is not allowed to connect to the Nix daemon", "allows")]
    [InlineData("error: cannot connect to socket at '/nix/var/nix/daemon-socket/socket': Connection refused", "nix-daemon")]
    [InlineData(
        "warning: x\nerror: cannot open connection to remote store 'daemon': error: reading from file: Connection reset by peer",
        "nix-daemon")]
    [InlineData("error: the group 'nixbld' specified in 'build-users-group' does not exist", "build-users-group")]
    [InlineData("error: interrupted by the user", "stopped")]
    [InlineData("error: unrecognised flag '--no-such'", "2.8")]
    public async Task A_nix_that_cannot_work_is_an_exception_with_a_next_step(string error, string nextStep)
    {
        await using var services = Services(new ScriptedProcessRunner(_ => new ProcessOutcome(1, string.Empty, error)));
        var builder = services.GetRequiredService<ISystemBuilder>();

        var evaluating = await Assert.ThrowsAsync<NixException>(
            () => builder.EvaluateAsync(Source, null, TestContext.Current.CancellationToken));
        var building = await Assert.ThrowsAsync<NixException>(
            () => builder.BuildAsync([System], new BuildSettings(), null, TestContext.Current.CancellationToken));

        Assert.Contains(nextStep, evaluating.NextStep?.Text, StringComparison.Ordinal);
        Assert.Contains(nextStep, building.NextStep?.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("error: opening file '/etc/secrets/key': Permission denied")]
    [InlineData("error: getting status of '/nix/store/x': No such file or directory")]
    public void What_a_configuration_did_is_not_blamed_on_nix(string error) => Assert.Null(StoreTrouble.Find(error));

    [Fact]
    public async Task FB3_a_disk_that_is_full_while_nix_itself_writes_fails_the_systems_for_space()
    {
        await using var services = Services(new ScriptedProcessRunner(command => command.Arguments.Contains("--realise")
            ? new ProcessOutcome(
                1, string.Empty, """@nix {"action":"msg","level":0,"msg":"error: writing to file: No space left on device"}""")
            : new ProcessOutcome(0, $"{System.System}\n", string.Empty)));

        var builds = await services.GetRequiredService<ISystemBuilder>()
            .BuildAsync([System], new BuildSettings(), null, TestContext.Current.CancellationToken);

        Assert.Equal(new BuildFailureKind?[] { BuildFailureKind.Space }, builds.Select(build => build.Failure?.Kind));
        Assert.True(builds[0].Failure!.IsTransient);
    }

    [Fact]
    public async Task A_process_that_is_killed_without_a_word_is_still_a_failure_with_a_message()
    {
        await using var services = Services(new ScriptedProcessRunner(_ => new ProcessOutcome(137, string.Empty, string.Empty)));

        var evaluation = await services.GetRequiredService<ISystemBuilder>()
            .EvaluateAsync(Source, null, TestContext.Current.CancellationToken);

        Assert.Contains("killed", evaluation.Failure!.Message, StringComparison.Ordinal);
        Assert.True(evaluation.Failure.IsTransient);
    }

    [Fact]
    public async Task Options_reach_every_call()
    {
        var recording = new RecordingProcessRunner(new ScriptedProcessRunner(_ => new ProcessOutcome(0, "[]", string.Empty)));
        await using var services = Services(recording, options =>
        {
            options.ProgramDirectory = "/opt/nix/bin";
            options.ExtraArguments.Add("--offline");
            options.Environment["NIX_PATH"] = null;
        });

        await services.GetRequiredService<ISystemBuilder>().ListAsync(Source, TestContext.Current.CancellationToken);

        var command = Assert.Single(recording.Commands);
        Assert.Equal("/opt/nix/bin/nix", command.Program);
        Assert.Equal("--offline", command.Arguments[^1]);
        Assert.Null(command.Environment["NIX_PATH"]);
        Assert.Equal("C.UTF-8", command.Environment["LC_ALL"]);
    }

    [Fact]
    public async Task A_setting_that_makes_no_sense_is_refused()
    {
        await using var services = Services(
            new ScriptedProcessRunner(_ => throw new InvalidOperationException()), options => options.MaxConcurrentEvaluations = 0);

        Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<ISystemBuilder>());
    }

    [Fact]
    public void Adding_the_builder_twice_changes_nothing()
    {
        var once = new ServiceCollection().AddNixBuilder();
        var twice = new ServiceCollection().AddNixBuilder().AddNixBuilder();

        Assert.Equal(
            once.Where(service => service.ServiceType.Namespace!.StartsWith("Bento", StringComparison.Ordinal))
                .Select(service => service.ServiceType),
            twice.Where(service => service.ServiceType.Namespace!.StartsWith("Bento", StringComparison.Ordinal))
                .Select(service => service.ServiceType));
    }

    private static ServiceProvider Services(IProcessRunner runner, Action<NixOptions>? configure = null) => new ServiceCollection()
        .AddSingleton(runner)
        .Configure<NixOptions>(options => configure?.Invoke(options))
        .AddNixBuilder()
        .BuildServiceProvider();
}
