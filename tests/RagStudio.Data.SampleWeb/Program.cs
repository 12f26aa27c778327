using Microsoft.EntityFrameworkCore;
using RagStudio.Data.SampleApp.Migrations;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddControllers();
builder.Services.AddDbContext<BareContext>(options =>
    options.UseSqlite(builder.Configuration.GetConnectionString("Bare"))
);
var app = builder.Build();
File.WriteAllText("ran-on.txt", "after the host was built");
app.MapGet("/", (BareContext bare) => bare.Database.CanConnectAsync());
await app.RunAsync();
