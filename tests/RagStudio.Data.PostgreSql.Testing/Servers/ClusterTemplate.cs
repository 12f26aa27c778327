using System.Security.Cryptography;

namespace RagStudio.Data.PostgreSql.Testing;

/// <summary>A new cluster that was never started; <c>initdb</c> takes a second, a copy of it a tenth.</summary>
internal sealed class ClusterTemplate : IAsyncDisposable
{
    private readonly GuardedFolder _folder;

    private ClusterTemplate(GuardedFolder folder, string password)
    {
        _folder = folder;
        Password = password;
    }

    /// <summary>The superuser's password.</summary>
    public string Password { get; }

    public static Task<ClusterTemplate> CreateAsync(PostgresBinaries binaries) =>
        GuardedFolder.CreateAsync(async folder =>
        {
            var password = RandomNumberGenerator.GetHexString(32, lowercase: true);
            var passwordFile = folder.Combine("password");
            await File.WriteAllTextAsync(passwordFile, password);
            await UnprivilegedUser.TakeOverAsync(passwordFile);
            var start = binaries.Start(
                "initdb",
                ["-D", Data(folder), "-U", PostgresServer.Superuser, $"--pwfile={passwordFile}", .. Arguments]
            );
            start.WorkingDirectory = folder.Path;
            _ = await Command.RunAsync(start);
            return new ClusterTemplate(folder, password);
        });

    public Task CopyToAsync(string target) => ClusterFolder.CopyAsync(Data(_folder), target);

    public ValueTask DisposeAsync() => _folder.DisposeAsync();

    private static string Data(GuardedFolder folder) => folder.Combine("data");

    private static IEnumerable<string> Arguments =>
        [
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            OperatingSystem.IsLinux() ? "--locale=C.UTF-8" : "--locale=C",
            "--no-sync",
            "--no-instructions",
        ];
}
