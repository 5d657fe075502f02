using Bento.Building;
using Bento.Building.Composition;
using Bento.Building.Programs;
using Bento.Engine.Tests.Building.Evaluation;
using Bento.Engine.Tests.Processes;
using Bento.Processes;
using Bento.Protocol;
using Bento.TestBench.Nix;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Engine.Tests.Building;

/// <summary>The builder as embedders get it, on a private store of the real Nix, with every process on record.</summary>
internal sealed class NixBench : IDisposable
{
    private readonly ServiceProvider _services;

    public NixBench(Action<NixOptions>? configure = null)
    {
        Assert.SkipUnless(PrivateNixStore.IsNixInstalled, "Nix is not on the PATH (apt-get install nix-bin).");
        Store = new PrivateNixStore();
        Processes = new RecordingProcessRunner(new CliWrapProcessRunner(TimeProvider.System));
        _services = new ServiceCollection()
            .AddSingleton<IProcessRunner>(Processes)
            .Configure<NixOptions>(options =>
            {
                Store.Configure(options);
                configure?.Invoke(options);
            })
            .AddNixBuilder()
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    public PrivateNixStore Store { get; }

    public RecordingProcessRunner Processes { get; }

    /// <summary>The programs that were run, those with the old commands also by what they were asked to do.</summary>
    public IEnumerable<string> Calls => Processes.Commands.Select(
        command => Path.GetFileName(command.Program) is var program && program == "nix" ? program : $"{program} {command.Arguments[0]}");

    public NixTool Nix => _services.GetRequiredService<NixTool>();

    public ISystemBuilder Builder => _services.GetRequiredService<ISystemBuilder>();

    public ConfigurationSource Flake(TestFlake flake, string name = "fleet") =>
        new() { Directory = flake.WriteTo(Store.CreateDirectory(name)), Kind = ConfigurationKind.Flake, Name = name };

    public ConfigurationSource Channel(string configuration, string name = "lab")
    {
        var directory = Store.CreateDirectory(name);
        File.WriteAllText(Path.Join(directory, "configuration.nix"), configuration);
        return new ConfigurationSource { Directory = directory, Kind = ConfigurationKind.Channel, Name = name };
    }

    public async Task<IReadOnlyList<SystemDerivation>> DerivationsAsync(ConfigurationSource source)
    {
        var evaluation = await Builder.EvaluateAsync(source, null, TestContext.Current.CancellationToken);
        Assert.Null(evaluation.Failure);
        return [.. evaluation.Systems.Select(system => system.Derivation ?? throw new InvalidOperationException(system.Failure!.Message))];
    }

    public Task<ProcessOutcome> NixAsync(string program, params string[] arguments) =>
        new CliWrapProcessRunner(TimeProvider.System).RunAsync(
            new ProcessCommand(program, arguments) { Environment = Store.AdministratorEnvironment }, TestContext.Current.CancellationToken);

    public void Dispose()
    {
        _services.Dispose();
        Store.Dispose();
    }
}
