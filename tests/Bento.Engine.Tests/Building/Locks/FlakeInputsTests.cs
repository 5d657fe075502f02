using Bento.Building;
using Bento.Hosts;
using Bento.TestBench;
using Bento.TestBench.Nix;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Engine.Tests.Building.Locks;

/// <summary>On a real Nix, with inputs that are directories.</summary>
[Trait("Uses", "Nix")]
public sealed class FlakeInputsTests : IDisposable
{
    private const int Timeout = 120_000;

    private readonly PrivateNixStore _nix;
    private readonly string _fleet;
    private readonly ServiceProvider _services;

    public FlakeInputsTests()
    {
        Assert.SkipUnless(PrivateNixStore.IsNixInstalled, "Nix is not on the PATH (apt-get install nix-bin).");
        Assert.SkipUnless(
            NixAccess.Current != NixAccess.PlainUser, "Bento runs as root here, and its private directories are closed to the plain user.");
        _nix = new PrivateNixStore();
        _fleet = _nix.CreateDirectory("fleet");
        var services = new ServiceCollection();
        services.AddBento(options => options.Directory = _fleet).ConfigureNix(_nix.Configure);
        _services = services.BuildServiceProvider();
    }

    [Fact(Timeout = Timeout)]
    public async Task Every_flake_moves_to_the_newest_inputs_and_says_from_where_to_where()
    {
        WriteInput("dep", "1");
        WriteFlake("a", "dep");
        WriteFlake("b", "dep");
        var first = await UpdateAsync(null);
        WriteInput("dep", "2");

        var second = await UpdateAsync(null);
        var third = await UpdateAsync(null);

        Assert.Equal(["hosts/a dep added", "hosts/b dep added"], first.Select(Line));
        Assert.Equal(["hosts/a dep moved", "hosts/b dep moved"], second.Select(Line));
        Assert.Equal(first[0].Moves[0].To!.Id, second[0].Moves[0].From!.Id);
        Assert.All(third, flake => Assert.Empty(flake.Moves));
    }

    [Fact(Timeout = Timeout)]
    public async Task One_input_moves_alone_and_only_where_it_is_an_input()
    {
        WriteInput("dep", "1");
        WriteInput("other", "1");
        WriteFlake("a", "dep", "other");
        WriteFlake("b", "other");
        await UpdateAsync(null);
        WriteInput("dep", "2");
        WriteInput("other", "2");

        var moved = await UpdateAsync("dep");

        Assert.Equal("hosts/a dep moved", Line(Assert.Single(moved)));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_flake_that_fails_keeps_its_lock_file_and_stops_no_other()
    {
        WriteInput("dep", "1");
        WriteInput("gone", "1");
        WriteFlake("a", "gone");
        WriteFlake("b", "dep");
        await UpdateAsync(null);
        var before = await File.ReadAllTextAsync(Path.Join(_fleet, "hosts/a/flake.lock"), TestContext.Current.CancellationToken);
        Directory.Delete(Path.Join(_fleet, "inputs/gone"), recursive: true);
        WriteInput("dep", "2");

        var flakes = await UpdateAsync(null);

        Assert.Contains("gone", flakes[0].Failure?.Message, StringComparison.Ordinal);
        Assert.Equal("hosts/b dep moved", Line(flakes[1]));
        Assert.Equal(before, await File.ReadAllTextAsync(Path.Join(_fleet, "hosts/a/flake.lock"), TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = Timeout)]
    public async Task An_input_that_no_flake_has_is_an_error_that_names_those_there_are()
    {
        WriteInput("dep", "1");
        WriteFlake("a", "dep");
        await UpdateAsync(null);

        var exception = await Assert.ThrowsAsync<InvalidFleetException>(() => UpdateAsync("nixpkg"));

        Assert.Equal("input: No flake has an input 'nixpkg'. There are dep.", Assert.Single(exception.Problems).ToString());
    }

    [Fact(Timeout = Timeout)]
    public async Task A_lock_file_stays_its_owners_and_a_link_to_it_stays_a_link()
    {
        Assert.SkipUnless(Shell.IsRoot, "only root can give files away");
        WriteInput("dep", "1");
        WriteFlake("a", "dep");
        await UpdateAsync(null);
        var (lockFile, target) = (Path.Join(_fleet, "hosts/a/flake.lock"), Path.Join(_fleet, "common.lock"));
        File.Move(lockFile, target);
        File.CreateSymbolicLink(lockFile, target);
        _ = Shell.Run("chown", "12345:12345", target);
        File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        WriteInput("dep", "2");

        Assert.Equal("hosts/a dep moved", Line(Assert.Single(await UpdateAsync(null))));

        Assert.NotNull(new FileInfo(lockFile).LinkTarget);
        Assert.Equal("12345:12345 600", Shell.Run("stat", "-c", "%u:%g %a", target).Trim());
    }

    [Fact(Timeout = Timeout)]
    public async Task A_directory_with_a_space_is_updated_like_any_other()
    {
        var fleet = _nix.CreateDirectory("my fleet");
        var services = new ServiceCollection();
        services.AddBento(options => options.Directory = fleet).ConfigureNix(_nix.Configure);
        await using var provider = services.BuildServiceProvider();
        WriteInput("dep", "1");
        new TestFlake { Inputs = $"inputs.dep.url = \"path:{Path.Join(_fleet, "inputs", "dep")}\"; " }.With("a")
            .WriteTo(Path.Join(fleet, "hosts", "a host"));

        var flake = Assert.Single(
            await provider.GetRequiredService<IFlakeInputs>().UpdateAsync(cancellationToken: TestContext.Current.CancellationToken));

        Assert.Null(flake.Failure);
        Assert.Equal("hosts/a host dep added", Line(flake));
    }

    [Theory(Timeout = Timeout)]
    [InlineData(null)]
    [InlineData("dep")]
    public async Task A_lock_file_with_the_marks_of_a_merge_is_refused_and_stays(string? input)
    {
        WriteInput("dep", "1");
        WriteFlake("a", "dep");
        WriteFlake("b", "dep");
        await UpdateAsync(null);
        var path = Path.Join(_fleet, "hosts/a/flake.lock");
        var text = $"<<<<<<< HEAD\n{await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)}=======\n>>>>>>> other\n";
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        WriteInput("dep", "2");

        var updated = await UpdateAsync(input);

        Assert.Contains("merge", updated[0].Failure?.Message, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        Assert.Equal("hosts/b dep moved", Line(updated[1]));
    }

    public void Dispose()
    {
        _services?.Dispose();
        _nix?.Dispose();
    }

    private Task<IReadOnlyList<DirectoryInputs>> UpdateAsync(string? input) =>
        _services.GetRequiredService<IFlakeInputs>().UpdateAsync(input, cancellationToken: TestContext.Current.CancellationToken);

    private void WriteInput(string name, string content)
    {
        var directory = Directory.CreateDirectory(Path.Join(_fleet, "inputs", name)).FullName;
        File.WriteAllText(Path.Join(directory, "flake.nix"), $"{{ outputs = _: {{ x = \"{content}\"; }}; }}");
    }

    private void WriteFlake(string name, params string[] inputs) => _ = new TestFlake
    {
        Inputs = string.Concat(inputs.Select(input => $"inputs.{input}.url = \"path:{Path.Join(_fleet, "inputs", input)}\"; ")),
    }.With(name).WriteTo(Path.Join(_fleet, "hosts", name));

    private static string Line(DirectoryInputs flake) =>
        $"{flake.Directory} {string.Join(' ', flake.Moves.Select(move => $"{move.Input} {(move.From is null ? "added" : "moved")}"))}";
}
