using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RagStudio.Data.SampleApp;
using RagStudio.Data.SampleApp.Migrations;
using RagStudio.Data.SampleHost;

var habit = Environment.GetEnvironmentVariable("SAMPLE_HABIT");
switch (habit)
{
    case "throws":
        throw new InvalidOperationException("The variable SHOP_KEY is not set.");
    case "hangs":
        Thread.Sleep(Timeout.Infinite);
        break;
    case "exits":
        Environment.Exit(0);
        break;
    case "builds none":
        return 0;
}

var builder = Host.CreateApplicationBuilder(args);
Console.WriteLine($"{builder.Environment.ApplicationName} is {builder.Environment.EnvironmentName}");
Console.WriteLine($"in {AppContext.BaseDirectory}{(EF.IsDesignTime ? " at design time" : "")}");
string Connection(string name) =>
    builder.Configuration.GetConnectionString(name) ?? $"Data Source={name.ToLowerInvariant()}.db";
builder.Services.AddHostedService<StartMark>();
builder.Services.AddDbContext<OrdersContext>(options => options.UseSqlite(Connection("Orders")));
builder.Services.AddDbContextPool<ShelvesContext>(options => options.UseSqlite(Connection("Shelves")));
builder.Services.AddDbContextFactory<BareContext>(options => options.UseSqlite(Connection("Bare")));

// Also has a design-time factory.
builder.Services.AddDbContext<CatalogContext>(options => options.UseSqlite("Data Source=of-the-host.db"));
try
{
    using var host = builder.Build();
    StartMark.Write("ran on");
    await host.RunAsync();
    return 0;
}
catch (Exception error) when (habit is "runs on" or "logs")
{
    Console.WriteLine($"The host ended: {error.GetType().Name}");
    Thread.Sleep(habit == "logs" ? 0 : Timeout.Infinite);
    return 1;
}
