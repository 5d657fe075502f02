using System.Text.Json;
using Bento.Cli.Terminal;
using Bento.TestBench;
using Bento.TestBench.Nix;

namespace Bento.Cli.Tests.Scaffold;

/// <summary>utils/bento.nix, evaluated by the real Nix with a stand-in for nixpkgs' lib.</summary>
public sealed class AgentModuleTests : IDisposable
{
    private const string Evaluate =
        """
        let
          lib = import ./nixpkgs-lib.nix;
          pkgs = { age = "age"; zstd = "zstd"; git = "git"; openssh = "openssh"; kexec-tools = "kexec-tools"; };
          module = import ./bento.nix { inherit lib config pkgs; };
          config = {
            networking.hostName = "web";
            environment.etc."bento/agent.json".source = "/store/agent.json";
            nix.package = "nix";
            systemd.package = "systemd";
            services.bento = lib.fill module.options.services.bento (import ./given.nix);
          };
        in
        {
          agent = module.config.environment.etc."bento/agent.json".text;
          service = module.config.systemd.services.bento;
          resident = module.config.systemd.services.bento-resident;
          timer = module.config.systemd.timers.bento;
          failed = map (failure: failure.message) (builtins.filter (assertion: !assertion.assertion) module.config.assertions);
        }
        """;

    private const string Required =
        """
        enable = true; program = "/opt/bento/bento"; trust.keys = [ "KEY" ];
        server = { host = "sftp.example.org"; user = "web"; privateKeyFile = "/etc/ssh/key"; hostKeys = [ "KEY" ]; };
        """;

    private readonly TempDirectory _directory = new();
    private readonly PrivateNixStore? _nix = PrivateNixStore.IsNixInstalled ? new PrivateNixStore() : null;

    public void Dispose()
    {
        _nix?.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task The_file_that_the_module_writes_is_one_that_the_agent_takes()
    {
        var module = await ModuleAsync(
            """
            settings = {
              stateDirectory = "state";
              buildHours = 12;
              alternatives = [ { host = "mirror"; user = "web"; privateKeyFile = "/etc/ssh/key"; hostKeys = [ "KEY" ]; } ];
            };
            """);
        _ = _directory.WriteFile("agent.json", module.GetProperty("agent").GetString()!);

        var status = await CliRun.RunAsync(_directory.FullPath, "agent", "status", "--json", "--config", _directory["agent.json"]);

        Assert.Equal((ExitCodes.Success, string.Empty), (status.ExitCode, status.Error));
        Assert.Empty(module.GetProperty("failed").EnumerateArray());
    }

    [Fact]
    public async Task A_host_polls_by_a_timer_and_no_switch_stops_the_poll_that_made_it()
    {
        var module = await ModuleAsync(string.Empty);

        var service = module.GetProperty("service");
        Assert.Equal("/opt/bento/bento agent once", service.GetProperty("serviceConfig").GetProperty("ExecStart").GetString());
        Assert.False(service.GetProperty("restartIfChanged").GetBoolean());
        Assert.Equal("900s", module.GetProperty("timer").GetProperty("timerConfig").GetProperty("OnUnitInactiveSec").GetString());
        Assert.Equal("30s", module.GetProperty("timer").GetProperty("timerConfig").GetProperty("OnActiveSec").GetString());
    }

    [Fact]
    public async Task A_resident_host_has_a_service_that_stays_and_no_timer()
    {
        var module = await ModuleAsync("resident = true;");

        var service = module.GetProperty("resident").GetProperty("serviceConfig");
        Assert.Equal(
            ("/opt/bento/bento agent run", "notify"),
            (service.GetProperty("ExecStart").GetString(), service.GetProperty("Type").GetString()));
        Assert.Empty(module.GetProperty("timer").EnumerateObject());
        Assert.Empty(module.GetProperty("service").EnumerateObject());
        Assert.Equal(
            "/store/agent.json", Assert.Single(module.GetProperty("resident").GetProperty("restartTriggers").EnumerateArray()).GetString());
    }

    [Theory]
    [InlineData("trust.threshold = 2;", "fewer keys")]
    [InlineData("trust.allowUnsigned = true;", "allowUnsigned")]
    [InlineData("settings.server.host = \"elsewhere\";", "services.bento say: server")]
    public async Task A_configuration_that_could_take_no_release_is_not_built(string given, string message)
    {
        var module = await ModuleAsync(given);

        Assert.Contains(message, Assert.Single(module.GetProperty("failed").EnumerateArray()).GetString(), StringComparison.Ordinal);
    }

    private async Task<JsonElement> ModuleAsync(string given)
    {
        Assert.SkipUnless(_nix is not null, "Nix is not installed");
        Assert.Equal(ExitCodes.Success, (await CliRun.RunAsync(_directory["fleet"], "init")).ExitCode);
        File.Copy(_directory["fleet/utils/bento.nix"], _directory["bento.nix"]);
        var key = string.Join(' ', (await File.ReadAllTextAsync(
            _directory["fleet/.bento/signing-key.pub"], TestContext.Current.CancellationToken)).Split(' ')[..2]);
        _ = _directory.WriteFile(
            "given.nix",
            $"builtins.foldl' (all: more: all // more // {{ trust = (all.trust or {{ "
                + $"}}) // (more.trust or {{ }}); }}) {{ }} [ {{ {Required} }} {{ {given} }} ]".Replace(
                "KEY", key, StringComparison.Ordinal));
        _ = _directory.WriteFile("evaluate.nix", Evaluate);
        File.Copy(Path.Join(AppContext.BaseDirectory, "Nix", "nixpkgs-lib.nix"), _directory["nixpkgs-lib.nix"]);

        var run = await CliProcess.RunAsync(
            "nix-instantiate", ["--eval", "--strict", "--json", _directory["evaluate.nix"]], _nix.Environment);

        Assert.True(run.ExitCode == 0, run.Error);
        using var document = JsonDocument.Parse(run.Out);
        return document.RootElement.Clone();
    }
}
