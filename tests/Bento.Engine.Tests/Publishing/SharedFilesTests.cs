using Bento.TestBench;
using Bento.TestBench.Nix;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Engine.Tests.Publishing;

/// <summary>Hosts that refer to what lies beside them in the Bento directory, with the real Nix.</summary>
[Trait("Uses", "Nix")]
public sealed class SharedFilesTests : IDisposable
{
    private const int Timeout = 120_000;

    private readonly PrivateNixStore _store;
    private readonly List<string> _share = [];
    private DeployBench? _bench;

    public SharedFilesTests()
    {
        Assert.SkipUnless(PrivateNixStore.IsNixInstalled, "Nix is not on the PATH (apt-get install nix-bin).");
        Assert.SkipUnless(
            NixAccess.Current != NixAccess.PlainUser, "Bento runs as root here, and its private directories are closed to the plain user.");
        _store = new PrivateNixStore();
    }

    public void Dispose()
    {
        _bench?.Dispose();
        _store?.Dispose();
    }

    [Theory(Timeout = Timeout)]
    [InlineData("flake.nix", "hosts/web/flake.nix refers to ../../modules/base.nix")]
    [InlineData("parts/web.nix", "hosts/web/parts/web.nix refers to ../../../modules/base.nix")]
    public async Task A_configuration_that_refers_to_what_is_not_shipped_with_it_is_told_what_to_share(string file, string reference)
    {
        var bench = Bench();
        var imported = file == "flake.nix" ? "../../modules/base.nix" : "./parts/web.nix";
        new TestFlake().WithExpression("web", $"builtins.seq (import {imported}) (mkSystem {{ host = \"web\"; }})")
            .WriteTo(bench.Directory["hosts/web"]);
        bench.Directory.WriteFile("hosts/web/parts/web.nix", file == "flake.nix" ? "1" : "import ../../../modules/base.nix");
        bench.Directory.WriteFile("modules/base.nix", "1");

        var failure = Assert.Single((await bench.DeployAsync()).Hosts).Failure!.Message;

        Assert.Contains(
            $"{reference}, which is not shipped with hosts/web. Name modules in the setting 'share'.", failure, StringComparison.Ordinal);
        Assert.DoesNotContain("/.bento/work/", failure.Split('\n')[0], StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task What_is_shared_lies_in_the_tree_of_each_host_where_it_lies_in_the_bento_directory()
    {
        _share.Add("modules");
        var bench = Bench();
        WriteHosts(bench);

        Assert.Equal(["db Published 1", "web Published 1"], DeployBench.Lines(await bench.DeployAsync()));

        var web = bench.Current("web")!;
        Assert.Equal(("hosts/web", 3), (web.Content.Subdirectory, web.MinimumAgent));
        Assert.NotNull(bench.Shipped("web", "hosts/web/flake.nix"));
        Assert.Equal("\"7\"", bench.Shipped("web", "modules/version.nix"));
        Assert.Null(bench.Shipped("web", "hosts/db/configuration.nix"));
        Assert.Null(bench.Shipped("web", "hosts/web/SELF_UPDATE"));
        Assert.Equal("{ host = \"db\"; version = import ../../modules/version.nix; }", bench.Shipped("db", "hosts/db/configuration.nix"));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_change_of_what_is_shared_reaches_every_host_and_a_deploy_without_one_starts_nothing()
    {
        _share.Add("modules");
        var bench = Bench();
        WriteHosts(bench);
        _ = await bench.DeployAsync();

        var same = await bench.DeployAsync();
        bench.Directory.WriteFile("modules/version.nix", "\"8\"");
        var changed = await bench.DeployAsync();

        Assert.Equal(["db Unchanged 1", "web Unchanged 1"], DeployBench.Lines(same));
        Assert.Equal(["db Published 2", "web Published 2"], DeployBench.Lines(changed));
        Assert.EndsWith("-8", bench.Current("web")!.ExpectedSystem.ToString(), StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task What_should_be_shared_and_is_not_there_is_said_once()
    {
        _share.Add("modules");
        var bench = Bench();
        WriteHosts(bench);
        Directory.Delete(bench.Directory["modules"], recursive: true);

        Assert.Equal(
            ["modules: It should be shared (share), and is not there."],
            (await bench.DeployAsync()).Problems.Select(problem => $"{problem}"));
    }

    [Fact(Timeout = Timeout)]
    public async Task Secrets_are_not_shared_by_accident()
    {
        _share.Add("hosts/db");
        var bench = Bench();
        WriteHosts(bench);
        bench.Directory.WriteFile("hosts/db/secrets/password", "x");

        Assert.Contains(
            (await bench.DeployAsync()).Problems,
            problem => problem.Path == "hosts/db/secrets" && problem.Message.StartsWith("Secrets are there", StringComparison.Ordinal));
    }

    [Fact(Timeout = Timeout)]
    public async Task An_input_beside_the_flake_is_refused_until_it_is_shared()
    {
        var bench = Bench();
        WriteInput(bench);

        Assert.Equal(
            "hosts/web/flake.lock: The input 'common' is path:../../common, which is not shipped with hosts/web. "
                + "Name common in the setting 'share'.",
            $"{Assert.Single((await bench.DeployAsync()).Problems)}");
    }

    [Fact(Timeout = Timeout)]
    public async Task An_input_beside_the_flake_is_shipped_with_it_when_it_is_shared()
    {
        Assert.SkipWhen(
            Shell.Run("nix", "--version").Contains(" 2.8.", StringComparison.Ordinal),
            "Nix 2.8 fetches no locked input by a path that is relative to the flake, wherever it lies.");
        _share.Add("common");
        var bench = Bench();
        WriteInput(bench);

        var report = await bench.DeployAsync();

        Assert.True(
            report.IsSuccess,
            string.Join('\n', report.Hosts.Select(host => $"{host.Failure}").Concat(report.Problems.Select(problem => $"{problem}"))));
        Assert.EndsWith("-5", bench.Current("web")!.ExpectedSystem.ToString(), StringComparison.Ordinal);
    }

    private static void WriteInput(DeployBench bench)
    {
        bench.Directory.WriteFile("common/flake.nix", "{ outputs = _: { version = \"5\"; }; }");
        new TestFlake { Inputs = "inputs.common.url = \"path:../../common\";" }
            .WithExpression("web", "mkSystem { host = \"web\"; version = self.inputs.common.version; }")
            .WriteTo(bench.Directory["hosts/web"]);

        // As Nix from 2.26 on locks it: by its path alone.
        bench.Directory.WriteFile(
            "hosts/web/flake.lock",
            """
            {"nodes":{"common":{"locked":{"path":"../../common","type":"path"},
            "original":{"path":"../../common","type":"path"},"parent":[]},
            "root":{"inputs":{"common":"common"}}},"root":"root","version":7}
            """);
    }

    private static void WriteHosts(DeployBench bench)
    {
        bench.Directory.WriteFile("modules/version.nix", "\"7\"");
        new TestFlake().WithExpression("web", "mkSystem { host = \"web\"; version = import ../../modules/version.nix; }")
            .WriteTo(bench.Directory["hosts/web"]);
        bench.Directory.WriteFile("hosts/web/SELF_UPDATE", string.Empty);
        bench.Directory.WriteFile("hosts/db/configuration.nix", "{ host = \"db\"; version = import ../../modules/version.nix; }");
    }

    private DeployBench Bench() => _bench = new DeployBench(
        options => _share.ForEach(options.Share.Add), builder => builder.ConfigureNix(_store.Configure), isNixReal: true);
}
