app_name = "investments_desk"
urlpatterns: list = []
