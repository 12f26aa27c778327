using System.Net.Security;
using Npgsql;

namespace RagStudio.Data.Migrator.PostgreSql.Server;

/// <summary>
/// What a data source knows besides its connection string: passwords, and what it does in a TLS handshake. It tells them
/// only to a clone of one of its connections, which has the password of that moment.
/// </summary>
internal sealed class DataSourceSecurity(NpgsqlDataSource dataSource)
{
    private Action<SslClientAuthenticationOptions>? _authenticate;

    /// <summary>Makes the connections of another data source authenticate in the same way.</summary>
    public void AddTo(NpgsqlDataSourceBuilder builder)
    {
        builder.UsePasswordProvider(
            _ => GetPassword()!,
            async (_, token) => (await GetPasswordAsync(token).ConfigureAwait(false))!
        );
        if (builder.ConnectionStringBuilder.SslMode != SslMode.Disable)
        {
            builder.UseSslClientAuthenticationOptionsCallback(Authenticate);
        }
    }

    /// <returns>The password of now; <see langword="null"/> if there is none.</returns>
    public async ValueTask<string?> GetPasswordAsync(CancellationToken cancellationToken)
    {
        var own = dataSource.CreateConnection();
        await using (own.ConfigureAwait(false))
        {
            var clone = await own.CloneWithAsync(dataSource.ConnectionString, cancellationToken).ConfigureAwait(false);
            await using (clone.ConfigureAwait(false))
            {
                return PasswordOf(clone);
            }
        }
    }

    private string? GetPassword()
    {
        using var own = dataSource.CreateConnection();
        using var clone = own.CloneWith(dataSource.ConnectionString);
        return PasswordOf(clone);
    }

    private static string? PasswordOf(NpgsqlConnection clone) =>
        new NpgsqlConnectionStringBuilder(clone.ConnectionString).Password;

    private void Authenticate(SslClientAuthenticationOptions options)
    {
        if (_authenticate is null)
        {
            using var own = dataSource.CreateConnection();
            using var clone = own.CloneWith(dataSource.ConnectionString);
            _authenticate = clone.SslClientAuthenticationOptionsCallback ?? (_ => { });
        }
        _authenticate(options);
    }
}
