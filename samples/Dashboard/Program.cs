using Dashboard.Web;

// Shows a fleet in a browser, read-only:
//   Dashboard /path/to/fleet [--urls http://127.0.0.1:5180] [--interval SECONDS]
if (args.Length == 0 || args[0].StartsWith('-'))
{
    Console.Error.WriteLine("usage: Dashboard DIRECTORY [--urls http://127.0.0.1:5180] [--interval SECONDS] [--AllowedHosts NAMES]");
    return 2;
}

var directory = Path.GetFullPath(args[0]);
await DashboardApplication.Create(args[1..], services => services.AddBento().FromDirectory(directory)).RunAsync();
return 0;
