namespace Bento.Dashboard.Tests;

/// <summary>One dashboard for all pictures: 240 hosts, and a rollout in its second wave.</summary>
public sealed class PictureBench : IAsyncLifetime
{
    private DashboardBench _bench = null!;

    public Uri Address => _bench.Address;

    public async ValueTask InitializeAsync()
    {
        _bench = await DashboardBench.StartAsync(
            bench =>
            {
                bench.Fill(240);
                bench.Rollout.Status = MadeRollouts.Running(bench.Now);
            },
            new MadeClosures());

        // The charts begin with it.
        await _bench.UntilAsync(look => look.HasPast);
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();
}
