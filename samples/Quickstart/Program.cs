using Bento.Publishing;
using Microsoft.Extensions.DependencyInjection;

var services = new ServiceCollection();
services.AddBento().FromDirectory(args[0]);
await using var provider = services.BuildServiceProvider();

var report = await provider.GetRequiredService<IDeployer>().DeployAsync(new DeployRequest());
foreach (var host in report.Hosts)
{
    Console.WriteLine($"{host.Host}: {host.Outcome} {host.Failure?.Message ?? host.System?.ToString()}");
}

return report.IsSuccess ? 0 : 1;
