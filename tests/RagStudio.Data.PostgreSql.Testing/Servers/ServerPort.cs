using System.Net;
using System.Net.Sockets;

namespace RagStudio.Data.PostgreSql.Testing;

/// <summary>
/// Ports of 127.0.0.1, below those that systems give to outgoing connections: a server that is started again finds its
/// own still free.
/// </summary>
internal static class ServerPort
{
    private const int First = 20_000;
    private const int End = 32_000;

    public static int Choose()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, End);
            if (IsFree(port))
            {
                return port;
            }
        }
    }

    public static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port) { ExclusiveAddressUse = true };
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
