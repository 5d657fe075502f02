using System.Text;
using Bento.Agents;
using Bento.Protocol;
using Bento.Testing.Fleet;
using Bento.Trust;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Testing.Trust;

/// <summary>What every signer does. Derive, and give one that has a key at least. Agents judge what it signs.</summary>
public abstract class ReleaseSignerContract : IAsyncLifetime
{
    private static readonly byte[] Payload = Encoding.UTF8.GetBytes("""{"fleet":"bento","host":"lab"}""");

    /// <summary>The token of the test that runs.</summary>
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The signer.</summary>
    protected IReleaseSigner Signer { get; private set; } = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Signer = await CreateAsync();
        CoversAttribute.Check(this, Signer);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await CleanUpAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task It_has_keys_the_same_at_each_call_and_could_sign()
    {
        var keys = await Signer.ReadKeysAsync(Token);

        Assert.NotEmpty(keys);
        Assert.Distinct(keys);
        Assert.Equal(keys, await Signer.ReadKeysAsync(Token));
        await Signer.CheckAsync(Token);
    }

    [Fact(Timeout = 60_000)]
    public async Task Each_key_gives_a_signature_in_armor()
    {
        var keys = await Signer.ReadKeysAsync(Token);
        var signatures = await Signer.SignAsync(Payload, Token);

        Assert.Equal(keys.Count, signatures.Count);
        Assert.All(signatures, armor =>
        {
            var lines = armor.TrimEnd('\n').Split('\n');
            Assert.Equal(("-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"), (lines[0], lines[^1]));
            Assert.StartsWith("SSHSIG", Encoding.Latin1.GetString(Convert.FromBase64String(string.Concat(lines[1..^1]))));
        });
    }

    [Fact(Timeout = 120_000)]
    public async Task A_host_that_trusts_any_of_its_keys_takes_a_release_that_it_signed()
    {
        foreach (var key in await Signer.ReadKeysAsync(Token))
        {
            using var fleet = new ScriptedFleet(1, Sign, key);
            _ = await fleet.PublishAsync(fleet.Hosts[0], cancellationToken: Token);

            Assert.Equal(AttemptOutcome.Succeeded, (await fleet.Hosts[0].PollAsync(Token))?.Outcome);
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task A_host_that_trusts_another_key_refuses_it()
    {
        using var fleet = new ScriptedFleet(1, Sign);
        _ = await fleet.PublishAsync(fleet.Hosts[0], cancellationToken: Token);

        var result = await fleet.Hosts[0].PollAsync(Token);

        Assert.Equal(AgentConclusion.Refused, result?.Conclusion);
    }

    [Fact(Timeout = 120_000)]
    public async Task Signing_at_once_signs_each_payload()
    {
        using var fleet = new ScriptedFleet(4, Sign, (await Signer.ReadKeysAsync(Token))[0]);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(
            () => Signer.SignAsync(Encoding.UTF8.GetBytes($"payload {number}"), Token), Token)));
        foreach (var host in fleet.Hosts)
        {
            _ = await fleet.PublishAsync(host, cancellationToken: Token);
            Assert.Equal(AttemptOutcome.Succeeded, (await host.PollAsync(Token))?.Outcome);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_cancelled_call_signs_nothing()
    {
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Signer.SignAsync(Payload, cancelled));
    }

    /// <summary>Makes the signer.</summary>
    /// <returns>A signer that has a key and asks nobody.</returns>
    protected abstract Task<IReleaseSigner> CreateAsync();

    /// <summary>Removes what <see cref="CreateAsync"/> made.</summary>
    /// <returns>A task that ends when it is gone.</returns>
    protected virtual ValueTask CleanUpAsync() => ValueTask.CompletedTask;

    private void Sign(IServiceCollection services) => services.AddSingleton<IReleaseSigner>(new Lent(Signer));

    /// <summary>The signer as an application has it that disposes its own by itself.</summary>
    private sealed class Lent(IReleaseSigner signer) : IReleaseSigner
    {
        public Task<IReadOnlyList<SshPublicKey>> ReadKeysAsync(CancellationToken cancellationToken) =>
            signer.ReadKeysAsync(cancellationToken);

        public Task CheckAsync(CancellationToken cancellationToken) => signer.CheckAsync(cancellationToken);

        public Task<IReadOnlyList<string>> SignAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
            signer.SignAsync(payload, cancellationToken);
    }
}
