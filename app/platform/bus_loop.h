// A connection to the session bus, and a thread's loop around it: what others ask there is answered, what one
// has to say is said. Nothing waits for an answer: a bus that hangs must not keep the window from ending.
// Only where sd-bus is linked.
#pragma once

#include <systemd/sd-bus.h>

#include <stop_token>
#include <string>

#include "media/base/descriptor.h"

namespace meanwhile {

class BusLoop {
 public:
  // What is done on the loop's thread.
  class Client {
   public:
    virtual ~Client() = default;
    // What is to be found on the bus, before anything else. false: that can't be.
    virtual bool begin(sd_bus* bus) = 0;
    // At the beginning, and after each wake() and message.
    virtual void go_on(sd_bus* bus) = 0;
  };

  BusLoop();
  // Until stop and a wake(), or the bus goes. what: for the log, "sign in the tray". Returns at once where
  // there is no bus.
  void run(Client& client, const std::string& what, const std::stop_token& stop);
  // Any thread.
  void wake() const;

 private:
  void wait(sd_bus* bus) const;

  const Descriptor wake_;
};

}  // namespace meanwhile
