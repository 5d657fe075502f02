using Dashboard.Board;

namespace Dashboard.Web;

/// <summary>The whole application, on whatever Bento it is given.</summary>
internal static class DashboardApplication
{
    /// <summary>Nobody else reaches it unless somebody says so.</summary>
    private const string Loopback = "http://127.0.0.1:5180";

    /// <param name="args">Settings of ASP.NET Core, such as <c>--urls</c>; <c>--interval</c>: how many seconds pass between looks.</param>
    /// <param name="addBento">Adds the fleet.</param>
    public static WebApplication Create(string[] args, Action<IServiceCollection> addBento)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        if (string.IsNullOrEmpty(builder.Configuration["urls"]))
        {
            builder.WebHost.UseUrls(Loopback);
        }

        if (builder.Configuration["AllowedHosts"] is null or "*")
        {
            // A page of somebody else cannot make its own name mean this machine, and read the fleet.
            builder.Configuration["AllowedHosts"] = "localhost;127.0.0.1;[::1]";
        }

        builder.WebHost.ConfigureKestrel(server => server.AddServerHeader = false);
        addBento(builder.Services);
        builder.Services.AddBentoWatcher(
            options => options.Interval = TimeSpan.FromSeconds(builder.Configuration.GetValue("interval", defaultValue: 15)));
        builder.Services.AddBentoHealthChecks();
        builder.Services.AddSingleton<FleetBoard>().AddHostedService(services => services.GetRequiredService<FleetBoard>());
        builder.Services.AddSingleton<PackageDifferences>();
        builder.Services.AddRazorComponents();

        var application = builder.Build();
        application.UseMiddleware<SafeHeaders>();
        application.UseExceptionHandler(failed => failed.Run(PageRoutes.FailedAsync));
        application.UseStatusCodePages(context => PageRoutes.NothingHereAsync(context.HttpContext));
        PageRoutes.Map(application);
        application.MapHealthChecks("/health");
        EmbeddedFiles.Map(application);
        return application;
    }
}
